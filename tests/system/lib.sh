# Sourced by every tests/system/<promise>.sh. The script runs in a fresh folder $TMP, with SEALS_BIN
# and SEALS_SOURCE set by tests/system/run, which also stops what the script leaves running.
# A script ends with exit 0 only when all it promises was seen; every check below ends it otherwise.
# shellcheck shell=bash
set -u

BIN=$SEALS_BIN
CAB=$TMP/cab                       # the folder of the cabinet in use
OUT=$TMP/out ERR=$TMP/err          # what the last expect_exit or api printed

fail() {
    printf 'FAILED at line %s: %s\n' "$(caller_line)" "$*" >&2
    exit 1
}
skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}
# The line of the test script that called, however deep we are in here.
caller_line() {
    local i
    for ((i = 1; i < ${#BASH_SOURCE[@]}; ++i)); do
        [ "${BASH_SOURCE[i]}" = "${BASH_SOURCE[0]}" ] || { echo "${BASH_LINENO[i - 1]}"; return; }
    done
}

# cabinet_up [SLOTS [DIR]]: an empty simulated cabinet, or DIR (default $CAB) resumed.
cabinet_up() {
    CAB=${2:-$CAB}
    export SEALS_SOCKET=$CAB/api.sock
    QUIET=1 "$SEALS_SOURCE/scripts/demo-up" "$CAB" "${1:-41}" || fail "the cabinet did not come up"
}
cabinet_down() { "$SEALS_SOURCE/scripts/demo-down" "${1:-$CAB}" || fail "the cabinet did not stop"; }

# program_pid NAME: of a program of the cabinet in use, to send it signals.
program_pid() { cat "$CAB/$1.pid"; }

# ctl ARG…: sealctl on the cabinet in use.
ctl() { "$BIN/sealctl" --socket "$CAB/api.sock" "$@"; }

# expect_exit N COMMAND…: runs it; its exit status must be N. Output is kept in $OUT and $ERR.
expect_exit() {
    local want=$1 got
    shift
    "$@" >"$OUT" 2>"$ERR" </dev/null
    got=$?
    [ "$got" -eq "$want" ] || fail "exit $got, not $want, from: $*"$'\n'"$(tail -n 20 "$OUT" "$ERR")"
}

# api METHOD PATH [BODY [HEADER…]]: prints the answer's body; its status is kept for api_status.
api() {
    local method=$1 path=$2 body=${3-} args=() header
    shift $(($# < 3 ? $# : 3))
    for header in "$@"; do args+=(-H "$header"); done
    [ -z "$body" ] || args+=(-H 'Content-Type: application/json' --data-binary "$body")
    curl -sS --max-time "${API_SECONDS:-30}" --unix-socket "$CAB/api.sock" -X "$method" \
        -o "$OUT" -w '%{http_code}' "${args[@]}" "http://seals$path" >"$TMP/status" 2>"$ERR" ||
        echo 000 >"$TMP/status"
    cat "$OUT"
}
# expect_api STATUS METHOD PATH [BODY [HEADER…]]
expect_api() {
    local want=$1
    shift
    : >"$OUT"
    api "$@" >/dev/null
    [ "$(cat "$TMP/status")" = "$want" ] ||
        fail "status $(cat "$TMP/status"), not $want, from: $1 $2"$'\n'"$(tail -n 20 "$OUT" "$ERR")"
}
api_status() { cat "$TMP/status"; }

# json FILTER: of what the last command printed.  json_is FILTER VALUE: and it is that.
json() { jq -r "$1" "$OUT"; }
json_is() {
    local got
    got=$(jq -r "$1" "$OUT" 2>&1) || fail "no JSON for $1: $got"
    [ "$got" = "$2" ] || fail "$1 is \"$got\", not \"$2\" in: $(head -c 2000 "$OUT")"
}
# says TEXT: the last command printed it, on either stream.
says() { grep -qF -- "$1" "$OUT" "$ERR" || fail "nothing says \"$1\" in: $(head -c 2000 "$OUT" "$ERR")"; }

# eventually SECONDS COMMAND…: succeeds within that time. Never sleep and hope.
eventually() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "not within the time: $*"
        sleep 0.05
    done
}

# pulses: how many times any lock line was active, as only sealsd-sim knows it.
pulses() { ctl sim trace --json | jq 'if type == "array" then length else .items | length end'; }

# stocked [SLOTS]: a cabinet with persons E1 (custodian) and E2, E3 (staff, PINs 1111, 2222, 3333),
# seals YZ-1 … YZ-4 in slots 1 … 4, and a request REQ-n of E2 for each seal YZ-n, valid now.
stocked() {
    DOOR_TIMEOUT_MS=3000 cabinet_up "${1:-8}"
    local n now
    now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    api POST /v1/persons '{"id":"E1","name":"赵一","role":"custodian"}' >/dev/null
    api POST /v1/persons '{"id":"E2","name":"钱二"}' >/dev/null
    api POST /v1/persons '{"id":"E3","name":"孙三"}' >/dev/null
    for n in 1 2 3; do
        expect_api 200 POST /v1/persons/E$n/pin "{\"pin\":\"$n$n$n$n\"}"
    done
    for n in 1 2 3 4; do
        expect_api 200 POST /v1/seals \
            "{\"id\":\"YZ-$n\",\"name\":\"合同专用章$n\",\"type\":\"contract\",\"slot\":\"$n\",\"custodians\":[\"E1\"],\"state\":\"active\"}"
        expect_api 200 POST /v1/requests \
            "{\"source\":\"oa\",\"external_id\":\"REQ-$n\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"采购合同第$n号\",\"lines\":[{\"seal\":\"YZ-$n\",\"copies\":2}]}"
    done
    # Tags lie in their slots once the simulated cabinet has made them.
    eventually 5 all_present
}
all_present() { ctl inventory --json | jq -e '.summary.present == 4'; }

pin() { printf '%s' "$1" >"$TMP/pin$1" && printf '%s' "$TMP/pin$1"; }
take() { ctl take "$1" --request "$2" --person E2 --pin-file "$(pin 2222)" "${@:3}"; }
give_back() { ctl return "$1" --person E2 --pin-file "$(pin 2222)" "${@:2}"; }
# events TYPE: every entry of that type, a line each.
events() {
    local after=0 page
    while :; do
        page=$(curl -sS --unix-socket "$CAB/api.sock" "http://seals/v1/events?type=$1&limit=500&after=$after")
        jq -c '.items[]' <<<"$page"
        after=$(jq -r '.next // empty' <<<"$page")
        [ -n "$after" ] || return 0
    done
}
count_events() { events "$1" | wc -l; }
no_sessions() { ctl status --json | jq -e '.counts.sessions == 0'; }
custody() { ctl seal show "$1" --json | jq -r .custody; }

# start NAME and kill -9 NAME: one program of the cabinet in use.
kill_program() { kill -9 "$(program_pid "$1")"; while kill -0 "$(program_pid "$1")" 2>/dev/null; do sleep 0.01; done; }
resume() { QUIET=1 "$SEALS_SOURCE/scripts/demo-up" "$CAB" || fail "the cabinet did not come up again"; }

# every_pulse_was_granted: no lock line was ever active without a durable order for that slot, and
# never more often than it was ordered.
every_pulse_was_granted() {
    ctl sim trace --json | jq -r 'if type == "array" then .[] else .items[] end | .slot' | sort | uniq -c >"$TMP/pulses"
    events slot.unlock_cmd | jq -r .data.slot | sort | uniq -c >"$TMP/orders"
    local count slot ordered
    while read -r count slot; do
        ordered=$(awk -v slot="$slot" '$2 == slot {print $1}' "$TMP/orders")
        [ "${ordered:-0}" -ge "$count" ] || fail "slot $slot was pulsed $count times, ordered ${ordered:-0} times"
    done <"$TMP/pulses"
}

# with_test_disk: the next sealsd that starts has a disk that fails as told. disk LINE…: from now on.
with_test_disk() {
    local library=$BIN/../lib/libseals_test_vfs_preload.so
    [ -e "$library" ] || fail "$library is not built"
    : >"$TMP/disk"
    export LD_PRELOAD=$library SEALS_TEST_VFS=$TMP/disk
}
# stocked_on_test_disk: as stocked, and its sealsd has such a disk.
stocked_on_test_disk() {
    stocked
    cabinet_down
    with_test_disk
    cabinet_up
    without_test_disk
}
without_test_disk() { unset LD_PRELOAD SEALS_TEST_VFS; }
disk() {
    printf '%s\n' "$@" >"$TMP/disk.new"
    mv "$TMP/disk.new" "$TMP/disk"
}

# policy LINE…: what the configuration says further from now on; sealsd reads it anew.
policy() {
    local before
    printf '%s\n' "$@" >>"$CAB/seals.toml"
    before=$(grep -c 'configuration' "$CAB/log/sealsd.log")
    kill -HUP "$(program_pid sealsd)"
    eventually 5 configured_since "$before"
}
configured_since() { [ "$(grep -c 'configuration' "$CAB/log/sealsd.log")" -gt "$1" ]; }

#!/bin/bash
# A statement for a court: proved where all was watched; a daemon that was killed, a reader at fault and
# a clock that stepped are listed, each once, and nothing else. What left is told, and what a seal was
# used for is complete.
# seconds: 240
. "$(dirname "$0")/lib.sh"
states() { count_events state; }
more_states() { [ "$(states)" -gt "$1" ]; }
now() { ctl status --json | jq -r .now; }
newest() { events inventory.finished | jq -rs 'last.time'; }
tick() { sleep 0.05; }               # so that no two entries have one time
stocked
printf 'E1 1111\nE2 2222\nE3 3333\n' >"$TMP/pins"
baseline() { ctl inventory --baseline --person E2 --witness "$1" --witness "$2" --pin-file "$TMP/pins"; }
never_left() { ctl evidence never-left "$1" --from "$2" --to "$3" "${@:4}"; }
eventually 10 more_states 0
born=$(now)

# Before the baseline is before the installation.
expect_exit 0 ctl inventory
expect_exit 1 never_left YZ-1 "$born" "$(newest)"
says "no opening baseline"
expect_exit 2 ctl inventory --baseline --person E2 --witness E1
expect_exit 5 baseline E2 E3
says R18
ctl sim remove 4 >/dev/null
expect_exit 1 baseline E1 E3
[ "$(count_events baseline.recorded)" = 0 ] || fail "a baseline with a seal missing"
ctl sim insert 4 T:YZ-4 >/dev/null
sleep 3                              # sealsd counts by itself after what it did not open
expect_exit 0 ctl inventory
expect_exit 0 baseline E1 E3
says "baseline of 4 seals"
[ "$(events baseline.recorded | jq -r '.data.seals | join(" ")')" = "YZ-1 YZ-2 YZ-3 YZ-4" ] ||
    fail "the baseline does not name the seals"
tick
from=$(now)
tick
expect_exit 0 ctl inventory
expect_exit 0 never_left YZ-1 "$from" "$(newest)"
says "PROVED: from"
says "SIMULATED CABINET"

# Killed for a while.
before=$(states)
kill_program sealsd
sleep 1
resume
eventually 10 more_states "$before"
# A reader at fault.
ctl sim fault 1 reader-gone >/dev/null
expect_exit 1 ctl inventory
ctl sim fault 1 clear >/dev/null
present() { ctl inventory --json | jq -e '[.items[] | select(.slot == "1")][0].verdict == "present"'; }
eventually 10 present
# A clock that steps.
ctl sim clock +7200 >/dev/null
stepped() { [ "$(count_events clock.stepped)" = 1 ]; }
eventually 10 stepped
expect_exit 0 ctl inventory
to=$(newest)
expect_exit 1 never_left YZ-1 "$from" "$to" --format json
json_is .verdict proven_except
json_is '[.uncovered[].why[].code] | unique | join(" ")' "clock_step reading restart"
json_is '.uncovered | length' 3
json_is '.faults | length' 0
expect_exit 1 never_left YZ-1 "$from" "$to" --lang zh_CN --out "$TMP/proof"
says "除列明时段外已证明"
says "守护进程未运行"
says "时钟跳变"

# What is handed out is checked without us.
[ -s "$TMP/proof/statement.html" ] && [ -s "$TMP/proof/device.vkey" ] || fail "the folder is not whole"
jq -r '.chain[], .device[] | "\(.seq) \(.hash)"' "$TMP/proof/statement.json" >"$TMP/listed"
[ -s "$TMP/listed" ] || fail "no entry is listed"
while read -r seq hash; do
    [ "$( (printf '\0'; cat "$TMP/proof/leaves/$seq.leaf") | sha256sum | cut -d' ' -f1)" = "$hash" ] ||
        fail "leaf $seq has another hash"
    head -n 2 "$TMP/proof/leaves/$seq.tlog-proof" | grep -qx "index $((seq - 1))" || fail "proof of $seq"
done <"$TMP/listed"

# What left is told; what it was used for is complete once a state entry stands behind it.
ctl sim person auto >/dev/null
expect_exit 0 take YZ-2 REQ-2
expect_exit 0 ctl use record --seal YZ-2 --request REQ-2 --by E2 --count 1
expect_exit 0 give_back YZ-2
expect_exit 0 ctl inventory
to=$(newest)
expect_exit 1 never_left YZ-2 "$from" "$to"
says "IT LEFT"
expect_exit 1 ctl evidence uses YZ-2 --from "$from" --to "$to"
says "no state entry from after the period"
sleep 4                              # what a state entry says was read a moment before
before=$(states)
kill_program sealsd
resume
eventually 10 more_states "$before"
expect_exit 0 ctl evidence uses YZ-2 --from "$from" --to "$to" --format json
json_is .complete true
json_is '.takes | length' 1
json_is '.uses[0].count' 1
expect_exit 0 ctl verify

# Sourced by demo-up, demo-down and demo: starting and stopping the programs of one simulated cabinet.
# BIN holds the programs (SEALS_BIN, else build/bin), `dir` the cabinet's folder.
# shellcheck shell=bash

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BIN=${SEALS_BIN:-$here/build/bin}

# In the order of starting; stopping goes the other way.
programs=(sealsd-sim sealsd-bolt sealsd)

say() { printf '%s\n' "$*"; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}

absolute() { (mkdir -p "$1" && cd "$1" && pwd); }

# The pid of a running program of this cabinet; nothing when it is not running. A pid that now belongs
# to another program is not ours.
pid_of() {
    local pid exe
    pid=$(cat "$dir/$1.pid" 2>/dev/null) || return 1
    exe=$(readlink "/proc/$pid/exe" 2>/dev/null) || return 1
    exe=${exe% (deleted)}
    [ "${exe##*/}" = "$1" ] && echo "$pid"
}

gone() { ! pid_of "$1"; }

# start NAME ARG…: in a session of its own, so that a ^C at the terminal does not reach it.
start() {
    local name=$1
    shift
    setsid "$BIN/$name" "$@" >>"$dir/log/$name.log" 2>&1 </dev/null &
    echo $! >"$dir/$name.pid"
    disown
}

start_program() {
    case $1 in
        sealsd-sim) start sealsd-sim --dir "$dir" --slots "$(slots_of)" ;;
        sealsd-bolt)
            start sealsd-bolt --socket "$dir/bolt.sock" --sim "$dir/sim.sock" --slots "$(slots_of)" \
                --rest-ms 20 --duty-percent 80
            ;;
        sealsd) start sealsd --config "$dir/seals.toml" ;;
    esac
}

slots_of() { grep -c '^\[\[slot\]\]' "$dir/seals.toml"; }

# The one place that knows the configuration of a simulated cabinet.
write_config() {
    local slots=$1 n role
    {
        cat <<TOML
# Written by demo-up: a simulated cabinet of $slots slots. See seals.toml(5).
[node]
organisation = "demo.example"
id = "cab-1"
simulated = true
timezone = "Asia/Shanghai"

[paths]
state = "$dir/state"
run = "$dir"

[socket]
group = ""

# A person of the simulation is quicker than any: a short pulse lets the next visit follow at once.
[lock]
pulse_ms = 100

[session]
door_timeout_ms = ${DOOR_TIMEOUT_MS:-20000}

# Only a simulated ledger lets one user have every role.
[roles]
TOML
        for role in viewer operator custodian bridge auditor admin; do
            printf '%s = {uids = [%d]}\n' "$role" "$(id -u)"
        done
        for ((n = 1; n <= slots; ++n)); do
            printf '\n[[slot]]\nid = "%d"\n' "$n"
        done
    } >"$dir/seals.toml"
}

# wait_for SECONDS COMMAND…: until it succeeds.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.05
    done
}

# SIGTERM, and SIGKILL for who does not listen. Fine when nothing runs.
stop_program() {
    local name=$1 pid
    if pid=$(pid_of "$name"); then
        kill -TERM "$pid" 2>/dev/null
        kill -CONT "$pid" 2>/dev/null
        if ! wait_for "${STOP_SECONDS:-10}" gone "$name"; then
            say "$name ($pid) did not stop; killed"
            kill -KILL -- "-$pid" 2>/dev/null
            wait_for 5 gone "$name"
        fi
    fi
    rm -f "$dir/$name.pid"
}

stop_all() {
    local i
    for ((i = ${#programs[@]} - 1; i >= 0; --i)); do stop_program "${programs[i]}"; done
}

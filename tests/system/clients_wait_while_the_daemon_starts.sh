#!/bin/bash
# needs: release
# Sockets that systemd holds: a client that comes while sealsd is down is served when it is up, the
# socket's file stays when sealsd ends, and uploads work the same way.
. "$(dirname "$0")/lib.sh"
command -v systemd-socket-activate >/dev/null || skip "systemd-socket-activate is not installed"
stocked
kill -TERM "$(program_pid sealsd)"
eventually 10 eval '[ ! -e "$CAB/api.sock" ]'
systemd-socket-activate -l "$CAB/api.sock" -l "$CAB/files.sock" "$BIN/sealsd" --config "$CAB/seals.toml" \
    >"$TMP/activated" 2>&1 &
daemon=$!
echo $daemon >"$CAB/sealsd.pid"
eventually 5 test -S "$CAB/api.sock"
[ "$(readlink /proc/$daemon/exe)" != "$(readlink -f "$BIN/sealsd")" ] || fail "sealsd started before anybody came"
expect_exit 0 ctl seal show YZ-1
[ "$(readlink /proc/$daemon/exe)" = "$(readlink -f "$BIN/sealsd")" ] || fail "nobody started sealsd"
printf '工号,姓名\nE9,吴九\n' >"$TMP/people.csv"
expect_exit 0 ctl person import "$TMP/people.csv"
expect_exit 0 ctl person show E9
kill -TERM $daemon
eventually 10 eval "! kill -0 $daemon"
[ -S "$CAB/api.sock" ] && [ -S "$CAB/files.sock" ] || fail "sealsd removed a socket that is not its own"

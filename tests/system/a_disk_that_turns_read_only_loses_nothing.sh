#!/bin/bash
# needs: release
# The file system turned read-only after a fault of the disk: nothing is released, status and log
# say why, a start is refused with what to do; once it can be written again all is there.
. "$(dirname "$0")/lib.sh"
stocked_on_test_disk
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
size=$(ctl status --json | jq .ledger_size)
disk 'read_only 1'
expect_exit 9 take YZ-2 REQ-2
says 'Read-only file system'
[ "$(pulses)" = 1 ] || fail "a line fired although nothing could be recorded"
expect_exit 8 take YZ-2 REQ-2
expect_exit 1 ctl status
says 'read-only'
expect_exit 0 ctl seal show YZ-1        # what is recorded can still be read

kill_program sealsd
with_test_disk
disk 'read_only 1'
QUIET=1 "$SEALS_SOURCE/scripts/demo-up" "$CAB" >"$OUT" 2>&1 && fail "sealsd started on a disk that it cannot write"
grep -h 'can be read, but not written' "$OUT" "$CAB/log/sealsd.log" >/dev/null || fail "nothing says why it does not start"
disk ''
cabinet_up
without_test_disk
[ "$(ctl status --json | jq .ledger_size)" -ge "$size" ] || fail "entries were lost"
ctl sim person auto >/dev/null
expect_exit 0 take YZ-2 REQ-2
expect_exit 0 ctl verify
every_pulse_was_granted

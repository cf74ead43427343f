#!/bin/bash
# needs: release
# A sync that fails: the waiting client is told that the outcome is unknown, nothing fires, and
# nothing more is written until a restart; then the ledger says what is so.
. "$(dirname "$0")/lib.sh"
stocked_on_test_disk
disk 'fail_syncs -1'
expect_exit 9 take YZ-1 REQ-1
[ "$(pulses)" = 0 ] || fail "a line fired although the order may not be durable"
disk ''
expect_exit 8 take YZ-2 REQ-2
[ "$(pulses)" = 0 ] || fail "a line fired after a failed sync"
says restart
expect_exit 1 ctl status
kill_program sealsd
resume
eventually 20 no_sessions
ctl sim person auto >/dev/null
expect_exit 0 take YZ-2 REQ-2
expect_exit 0 ctl verify
every_pulse_was_granted

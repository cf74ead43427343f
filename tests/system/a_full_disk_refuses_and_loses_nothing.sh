#!/bin/bash
# needs: release
# The disk full: what is asked is refused and nothing happened; what is observed is recorded as soon
# as there is room again, and nothing that was acknowledged is lost.
. "$(dirname "$0")/lib.sh"
stocked_on_test_disk
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
before=$(ctl status --json | jq .ledger_size)
disk 'room 0'
expect_exit 8 take YZ-2 REQ-2
[ "$(pulses)" = 1 ] || fail "a line fired although nothing could be recorded"
ctl sim person none >/dev/null
ctl sim open 3 >/dev/null
sleep 0.3
ctl sim shut 3 >/dev/null
[ "$(ctl status --json | jq .ledger_size)" -ge "$before" ] || fail "entries were lost"
disk ''
forced() { [ "$(count_events slot.forced)" = 1 ]; }
eventually 15 forced
ctl sim person auto >/dev/null
takes() { take YZ-2 REQ-2; }
eventually 90 takes
expect_exit 0 ctl verify
every_pulse_was_granted

#!/bin/bash
# A clock behind the last entry is not trusted: no release, returns go on, until it passes or two
# persons accept it. A clock set forward is recorded.
. "$(dirname "$0")/lib.sh"
has_step() { [ "$(count_events clock.stepped)" -ge 1 ]; }
trusted() { ! distrusted; }
stocked
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
ctl sim clock -3600 >/dev/null
distrusted() { ctl status --json | jq -e '[.parts[] | select(.part == "clock")][0].state == "fault"'; }
eventually 5 distrusted
expect_exit 5 take YZ-2 REQ-2
says R12
expect_exit 0 give_back YZ-1
eventually 5 has_step
expect_exit 5 ctl clock accept --person E1 --second E3 --pin-file "$(pin 1111)" --second-pin-file "$(pin 9999)"
expect_exit 0 ctl clock accept --person E1 --second E3 --pin-file "$(pin 1111)" --second-pin-file "$(pin 3333)"
ctl sim clock +3600 >/dev/null
eventually 5 trusted
expect_exit 0 take YZ-2 REQ-2
expect_exit 0 ctl verify

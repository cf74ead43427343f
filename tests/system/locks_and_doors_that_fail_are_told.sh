#!/bin/bash
# seconds: 180
# A jammed lock, a door nobody opens, a bouncing contact, a hanging reader: told in time, nothing
# opened twice, nothing else blocked.
. "$(dirname "$0")/lib.sh"
cabinet_up 8
cabinet_down
sed -i 's/^door_timeout_ms = .*/door_timeout_ms = 2000\nleft_open_ms = 3000/' "$CAB/seals.toml"
stocked
ctl sim person auto >/dev/null
ctl sim fault 1 jam >/dev/null
expect_exit 9 take YZ-1 REQ-1
ctl sim fault 1 clear >/dev/null
[ "$(custody YZ-1)" = in_slot ] || fail "a jammed lock lost the seal"
ctl sim fault 2 bounce >/dev/null
expect_exit 0 take YZ-2 REQ-2
[ "$(events slot.opened | jq -r .data.slot | grep -c '^2$')" = 1 ] || fail "a bouncing contact is several openings"
ctl sim fault 3 reader-hang >/dev/null
sleep 0.3
expect_exit 0 give_back YZ-2
ctl inventory --json >"$OUT"
json_is '[.items[] | select(.slot == "3")][0].verdict' unreadable
json_is '[.items[] | select(.slot == "4")][0].verdict' present
ctl sim fault 3 clear >/dev/null
ctl sim person none >/dev/null
expect_exit 9 take YZ-4 REQ-4
sleep 0.3
ctl sim open 4 >/dev/null
forced() { [ "$(events slot.forced | jq -r .data.slot | grep -c '^4$')" = 1 ]; }
eventually 5 forced
left() { [ "$(count_events slot.left_open)" -ge 1 ]; }
eventually 10 left
ctl sim shut 4 >/dev/null
every_pulse_was_granted
expect_exit 0 ctl verify

#!/bin/bash
# An inventory that does not come is recorded and alerted once, also when sealsd was down at that
# time; one that comes puts it right. The status says what is due.
. "$(dirname "$0")/lib.sh"
stocked
cabinet_down
sed -i 's/^\[lock\]/[inventory]\nevery_minutes = 60\ngrace_minutes = 10\nfull_every_days = 2\n\n&/' "$CAB/seals.toml"
resume
missed() { [ "$(count_events inventory.missed)" = "$1" ]; }
alerts() { events alert.raised | jq -c 'select(.data.alert == "inventory_missed") | .data.severity' | wc -l; }

expect_exit 0 ctl inventory
ctl sim clock +4300 >/dev/null # an hour, the grace, and a little more
eventually 20 missed 1
[ "$(alerts)" = 1 ] || fail "$(alerts) alerts for one that was missed"
[ "$(events inventory.missed | jq -c '[.data.full, .data.missed]')" = '[false,1]' ] || fail "$(events inventory.missed)"
sleep 6
missed 1 || fail "told twice"

# Down while two more came due, and the full one: each kind once.
kill_program sealsd
ctl sim clock +180000 >/dev/null
resume
eventually 20 missed 3
[ "$(events inventory.missed | jq -c 'select(.data.full) | .data.missed')" = 1 ] || fail "$(events inventory.missed)"
[ "$(alerts)" = 1 ] || fail "$(alerts) alerts, while the first stands open"
expect_exit 0 ctl inventory --brief
sleep 6
missed 3 || fail "told again after the count"
expect_exit 0 ctl verify

#!/bin/bash
# seconds: 180
# What is wrong is one alert until it is closed; somebody acknowledges it, gives it to a person, closes
# it with a reason, and never one about himself. It survives a restart, and the ledger still verifies.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim open 4 >/dev/null
one() { [ "$(ctl alert list --type slot_forced --json | jq '.items | length')" = 1 ]; }
eventually 5 one
expect_exit 0 ctl alert list --type slot_forced --json
json_is '.items[0].type' slot_forced
json_is '.items[0].severity' critical
json_is '.items[0].state' open
json_is '.items[0].seal' YZ-4
json_is '.items[0].slot' 4
id=$(json '.items[0].id')
ctl sim shut 4 >/dev/null
closed() { [ "$(count_events slot.checked)" -ge 1 ]; }
eventually 5 closed
ctl sim open 4 >/dev/null
again() { [ "$(count_events slot.forced)" = 2 ]; }
eventually 5 again
[ "$(events alert.raised | jq -c 'select(.data.alert == "slot_forced")' | wc -l)" = 1 ] || fail "the same is two alerts"
ctl sim shut 4 >/dev/null

# Seen: the next time it opens again.
expect_exit 6 ctl alert ack A0
expect_exit 0 ctl alert ack "$id"
says "$id"
closed() { [ "$(count_events slot.checked)" -ge 2 ]; }
eventually 5 closed
ctl sim open 4 >/dev/null
repeated() { [ "$(events alert.repeated | jq -c 'select(.data.alert == "slot_forced")' | wc -l)" = 1 ]; }
eventually 5 repeated
expect_exit 0 ctl alert show "$id" --json
json_is .state open
json_is .count 2

# A restart forgets nothing.
cabinet_down
resume
ctl alert show "$id" --json >"$OUT"
json_is .count 2
expect_exit 5 ctl alert assign "$id" --to E9
expect_exit 0 ctl alert assign "$id" --to E3 --person E1 --pin-file "$(pin 1111)"
expect_exit 0 ctl alert close "$id" --reason "锁扣松动,已修复" --idempotency-key K1
expect_exit 0 ctl alert close "$id" --reason "锁扣松动,已修复" --idempotency-key K1
[ "$(count_events alert.closed)" = 1 ] || fail "a retry closed it again"
expect_exit 7 ctl alert close "$id" --reason "again"
ctl alert show "$id" --json >"$OUT"
json_is .reason "锁扣松动,已修复"
json_is .assigned E3
json_is .state closed
ctl alert list --all --type slot_forced --json >"$OUT"
json_is '.items | length' 1
ctl event list --type alert.closed --json | grep -q 锁扣 && fail "the reason is in a leaf"

# About a person: five wrong PINs of E2.
for n in 1 2 3 4 5; do
    expect_exit 5 ctl take YZ-1 --request REQ-1 --person E2 --pin-file "$(pin 9999)"
done
ctl alert list --type auth_bruteforce --json >"$OUT"
json_is '.items[0].person' E2
id=$(json '.items[0].id')
expect_exit 5 ctl alert close "$id" --reason "that was me" --json
json_is .rule R42
expect_exit 5 ctl alert close "$id" --reason "nobody" --person E3 --pin-file "$(pin 9999)"
says PIN
expect_exit 3 ctl alert close "$id" --reason " " --person E3 --pin-file "$(pin 3333)"
expect_exit 0 ctl alert close "$id" --reason "asked E2" --person E3 --pin-file "$(pin 3333)"
expect_exit 2 ctl alert close "$id"
expect_exit 0 ctl verify

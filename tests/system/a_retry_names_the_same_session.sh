#!/bin/bash
# The same Idempotency-Key names the same session, also after a restart; another body is a conflict;
# a refusal is answered from the record too. What the keys stand for verifies.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
body='{"requests":["REQ-1"],"person":"E2","factors":[{"kind":"pin","value":"2222"}]}'
expect_api 201 POST /v1/seals/YZ-1/take "$body" 'Idempotency-Key: K1'
session=$(json .session)
expect_api 201 POST /v1/seals/YZ-1/take "$body" 'Idempotency-Key: K1'
json_is .session "$session"
eventually 10 no_sessions
expect_api 409 POST /v1/seals/YZ-1/take '{"requests":["REQ-2"],"person":"E2"}' 'Idempotency-Key: K1'
json_is .code conflict
expect_api 409 POST /v1/seals/YZ-2/take '{"requests":["NONE"],"person":"E2","factors":[{"kind":"pin","value":"2222"}]}' 'Idempotency-Key: K2'
seq=$(json .seq)
# A refusal that comes after what led to it, and an inventory that found something first.
expect_api 409 POST /v1/seals/YZ-3/take '{"requests":["REQ-3"],"person":"E3","factors":[{"kind":"pin","value":"9999"}]}' 'Idempotency-Key: K3'
wrong_pin=$(json .seq)
ctl sim person none >/dev/null
ctl sim remove 4 >/dev/null
expect_api 201 POST /v1/inventories '' 'Idempotency-Key: K4'
inventory=$(json .id)
expect_exit 0 ctl verify
kill_program sealsd
resume
expect_api 201 POST /v1/seals/YZ-1/take "$body" 'Idempotency-Key: K1'
json_is .session "$session"
expect_api 409 POST /v1/seals/YZ-2/take '{"requests":["NONE"],"person":"E2","factors":[{"kind":"pin","value":"2222"}]}' 'Idempotency-Key: K2'
json_is '[.code, .rule, .seq] | @csv' "\"refused\",\"R01\",$seq"
expect_api 409 POST /v1/seals/YZ-3/take '{"requests":["REQ-3"],"person":"E3"}' 'Idempotency-Key: K3'
json_is '[.rule, .seq] | @csv' "\"R06\",$wrong_pin"
expect_api 201 POST /v1/inventories '' 'Idempotency-Key: K4'
json_is .id "$inventory"
[ "$(pulses)" = 1 ] || fail "$(pulses) pulses for one key"
every_pulse_was_granted

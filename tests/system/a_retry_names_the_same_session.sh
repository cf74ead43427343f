#!/bin/bash
# The same Idempotency-Key names the same session, also after a restart; another body is a conflict;
# a refusal is answered from the record too.
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
kill_program sealsd
resume
expect_api 201 POST /v1/seals/YZ-1/take "$body" 'Idempotency-Key: K1'
json_is .session "$session"
expect_api 409 POST /v1/seals/YZ-2/take '{"requests":["NONE"],"person":"E2","factors":[{"kind":"pin","value":"2222"}]}' 'Idempotency-Key: K2'
json_is '[.code, .rule, .seq] | @csv' "\"refused\",\"R01\",$seq"
[ "$(pulses)" = 1 ] || fail "$(pulses) pulses for one key"
every_pulse_was_granted

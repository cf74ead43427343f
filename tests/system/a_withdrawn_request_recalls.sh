#!/bin/bash
# Withdrawn before the take: refused. Withdrawn while out: recalled, when no request remains.
. "$(dirname "$0")/lib.sh"
stocked
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
withdraw() {
    expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"$1\",\"status\":\"withdrawn\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"采购合同\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":2}]}"
}
expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"REQ-1B\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"另一份\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":1}]}"
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1 --request REQ-1B
withdraw REQ-1
[ "$(ctl seal show YZ-1 --json | jq .loan.recalled)" = false ] || fail "recalled although a request remains"
withdraw REQ-1B
[ "$(ctl seal show YZ-1 --json | jq .loan.recalled)" = true ] || fail "not recalled"
expect_exit 0 give_back YZ-1
expect_exit 5 take YZ-1 REQ-1
says R03
withdraw REQ-EARLY
json_is .outcome withdrawn
expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"REQ-EARLY\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"采购合同\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":2}]}"
[ "$(ctl request show REQ-EARLY --json | jq -r .state)" = withdrawn ] || fail "a withdrawal is not for good"

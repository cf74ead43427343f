#!/bin/bash
# seconds: 180
# The fourth seal that leaves within ten minutes freezes the cabinet: no take from then on, returns
# always, until two persons of two departments release it.
. "$(dirname "$0")/lib.sh"
stocked 24
for n in 1 2 3; do
    api POST /v1/persons "{\"id\":\"E$n\",\"name\":\"员工$n\",\"department\":\"部门$((n / 2))\",\"role\":\"custodian\"}" >/dev/null
done
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
for n in $(seq 5 20); do
    expect_api 200 POST /v1/seals \
        "{\"id\":\"YZ-$n\",\"name\":\"公章$n\",\"type\":\"company\",\"slot\":\"$n\",\"custodians\":[\"E1\"],\"state\":\"active\"}"
done
expect_api 200 POST /v1/requests \
    "{\"source\":\"oa\",\"external_id\":\"REQ-5\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"x\",\"lines\":[{\"seal\":\"YZ-5\",\"copies\":1}]}"
ctl sim person auto >/dev/null
for n in 1 2 3 4; do expect_exit 0 take YZ-$n REQ-$n; done
[ "$(count_events cabinet.frozen)" = 1 ] || fail "four seals at once are no mass removal"
expect_exit 5 take YZ-5 REQ-5 --json
json_is .rule R41
ctl alert list --type mass_removal --json >"$OUT"
json_is '.items[0].severity' critical
expect_exit 0 give_back YZ-1
cabinet_down
resume
expect_exit 5 take YZ-5 REQ-5
release() { ctl cabinet release --person "$1" --second "$2" --reason "全部核对" --pin-file "$TMP/pins" "${@:3}"; }
printf 'E1 1111\nE2 2222\nE3 3333\n' >"$TMP/pins"
expect_exit 5 release E2 E3 --json # one department
json_is .rule R43
expect_exit 3 release E1 E1
printf 'E1 1111\nE3 1234\n' >"$TMP/pins"
expect_exit 5 release E1 E3 --json
json_is .rule R06
printf 'E1 1111\nE3 3333\n' >"$TMP/pins"
expect_exit 0 release E1 E3
expect_exit 7 release E1 E3
expect_exit 0 take YZ-5 REQ-5
expect_exit 0 ctl verify

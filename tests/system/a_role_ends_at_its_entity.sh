#!/bin/bash
# A role with entities reaches their seals only: others can neither be taken, acted on nor seen.
# needs: release
. "$(dirname "$0")/lib.sh"
cabinet_up 4
expect_api 200 POST /v1/persons '{"id":"E1","name":"赵一","role":"custodian"}'
for entity in east west; do
    expect_api 200 POST /v1/seals "{\"id\":\"YZ-$entity\",\"name\":\"$entity\",\"type\":\"contract\",\"entity\":\"$entity\",\"custodians\":[\"E1\"],\"state\":\"active\"}"
done
cabinet_down
uid=$(id -u)
for role in viewer operator custodian auditor; do
    sed -i "s/^$role = .*/$role = { uids = [$uid], entities = [\"east\"] }/" "$CAB/seals.toml"
done
grep -q entities "$CAB/seals.toml" || fail "the configuration has no roles to change"
resume
ctl seal list --json | jq -e '[.items[].id] == ["YZ-east"]' >/dev/null || fail "a seal of another entity is listed"
expect_exit 4 ctl seal show YZ-west
expect_exit 4 ctl seal suspend YZ-west --basis x
expect_exit 0 ctl seal suspend YZ-east --basis x
expect_exit 4 ctl inventory
expect_exit 4 ctl override list
expect_exit 4 ctl return YZ-west --person E1
ctl event list --json | jq -e '[.items[].seal] | unique == ["YZ-east"]' >/dev/null || fail "entries of another entity are seen"

#!/bin/bash
# From registration to destruction, each step with its basis and witnesses, as a custodian types it;
# every step from a wrong state is refused by name; nothing is deleted, no number given twice.
. "$(dirname "$0")/lib.sh"
stocked
printf 'E1 1111\nE2 2222\nE3 3333\n' >"$TMP/pins"
printf 'impression' >"$TMP/impression.png"

expect_exit 3 ctl seal register YZ-9 --name 新章 --type contract --entity 总部 --filing 123 --basis 批文
expect_exit 0 ctl seal register YZ-9 --name 新章 --type contract --entity 总部 --filing 0012345678901 \
    --slot 5 --custodian E1 --basis '总经办〔2026〕12号' --file "$TMP/impression.png"
[ "$(ctl seal show YZ-9 --json | jq -r .filing_no)" = 0012345678901 ] || fail "leading zeros are lost"
expect_exit 7 ctl seal register YZ-9 --name 新章 --type contract --entity 总部 --filing 0012345678902 --basis 批文
sha=$(sha256sum "$TMP/impression.png" | cut -d' ' -f1)
cmp "$CAB/state/files/${sha:0:2}/$sha" "$TMP/impression.png" || fail "the file was not kept by its hash"

expect_exit 5 ctl seal activate YZ-9 --basis 批文 --witness E1 --witness E2 --pin-file "$TMP/pins"
says R17
expect_exit 0 ctl seal enrol YZ-9 --basis 批文
expect_exit 5 ctl seal activate YZ-9 --basis 批文 --witness E1 --pin-file "$TMP/pins"
says R18
printf 'E1 1111\nE2 0000\n' >"$TMP/wrong"
expect_exit 5 ctl seal activate YZ-9 --basis 批文 --witness E1 --witness E2 --pin-file "$TMP/wrong"
says R06
expect_exit 0 ctl seal activate YZ-9 --basis 批文 --witness E1 --witness E2 --pin-file "$TMP/pins"
eventually 5 ctl inventory

expect_exit 0 ctl seal suspend YZ-1 --basis 年检
expect_exit 5 take YZ-1 REQ-1
says R08
expect_exit 0 ctl seal resume YZ-1 --basis 年检结束
expect_exit 0 ctl seal lost YZ-1 --basis 报案回执
[ "$(ctl request show REQ-1 --json | jq -r .state)" = revoked ] || fail "a lost seal's grant stands"
expect_exit 0 ctl seal notice YZ-1 --basis 登报
expect_exit 0 ctl seal recover YZ-1 --basis 找回
expect_exit 5 ctl seal resume YZ-1 --basis 找回
says R17

expect_exit 0 ctl seal replace YZ-2 --by YZ-2B --filing 0012345678903 --basis 磨损
says REQ-2
[ "$(ctl request show REQ-2 --json | jq -r .state)" = revoked ] || fail "a request moved to the new seal"
ctl seal find YZ-2 --json | jq -e '[.items[].id] | contains(["YZ-2", "YZ-2B"])' >/dev/null || fail "the old number does not find both"
expect_exit 5 take YZ-2 REQ-2

# Destruction: taken out under a request of after its retirement, approved and witnessed, for good.
ctl sim person auto >/dev/null
expect_exit 0 ctl seal retire YZ-3 --basis 撤销部门
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
due=$(date -u -d '+1 day' +%Y-%m-%dT%H:%M:%SZ)
sleep 1
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"OUT-3\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"销毁\",\"take_out\":{\"place\":\"公安局\",\"due\":\"$due\"},\"lines\":[{\"seal\":\"YZ-3\",\"copies\":1}]}"
expect_exit 5 ctl seal destroy YZ-3 --basis 批文 --approver E3 --witness E1 --witness E2 --file "$TMP/impression.png" --pin-file "$TMP/pins"
says R19
expect_exit 5 take YZ-3 REQ-3
expect_exit 0 take YZ-3 OUT-3
expect_exit 5 ctl seal destroy YZ-3 --basis 批文 --approver E1 --witness E3 --witness E2 --file "$TMP/impression.png" --pin-file "$TMP/pins"
says R18
expect_exit 5 ctl seal destroy YZ-3 --basis 批文 --approver E3 --witness E1 --witness E2 --pin-file "$TMP/pins"
says R18
expect_exit 0 ctl seal destroy YZ-3 --basis 批文 --approver E3 --witness E1 --witness E2 --file "$TMP/impression.png" --pin-file "$TMP/pins"
ctl seal list --json | jq -e '[.items[].id] | index("YZ-3") | not' >/dev/null || fail "a destroyed seal is still to be chosen"
ctl seal list --all --json | jq -e '[.items[].id] | index("YZ-3")' >/dev/null || fail "a destroyed seal is deleted"
expect_exit 7 ctl seal register YZ-3 --name 新章 --type contract --entity 总部 --filing 0012345678909 --basis 批文

# A basis is found by its words, and the ledger verifies.
eventually 5 ctl search 报案回执
expect_exit 0 ctl verify
# The same after a restart: everything comes from the ledger.
cabinet_down
resume
[ "$(ctl seal show YZ-3 --json | jq -r .state)" = destroyed ] || fail "a destruction does not outlive a restart"
expect_exit 0 ctl verify

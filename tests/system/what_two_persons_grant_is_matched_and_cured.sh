#!/bin/bash
# seconds: 90
# The OA is down: a request on paper by two others, matched to the OA's number once and without a second
# grant, open in the reconciliation until then. And an emergency: small, short, told at once; its seal
# stays in until an approved request has cured it.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
printf 'E1 1111\nE2 2222\nE3 3333\nE4 4444\n' >"$TMP/pins"
api POST /v1/persons '{"id":"E4","name":"李四","department":"法务部"}' >/dev/null
expect_api 200 POST /v1/persons/E4/pin '{"pin":"4444"}'
for n in 2 3; do
    expect_api 200 POST /v1/persons "{\"id\":\"E$n\",\"name\":\"n$n\",\"department\":\"d$n\"}"
done
echo scan >"$TMP/scan.pdf"
paper() { ctl request paper --seal YZ-1 --basis "总经理签批" --file "$TMP/scan.pdf" --pin-file "$TMP/pins" "$@"; }
stamp() { ctl use record --seal "$1" --request "$2" --by E2 --count "$3"; }
out() { ctl take "$1" --request "$2" --person E2 --pin-file "$TMP/pins"; }
back() { ctl return "$1" --person E2 --pin-file "$TMP/pins"; }

# --- on paper ---
expect_exit 5 paper --id ZB-1 --count 2 --applicant E2 --person E2 --second E3
says R33
expect_exit 3 paper --id ZB-1 --count 0 --applicant E2 --person E3 --second E4
expect_exit 3 paper --id ZB-1 --count 1 --applicant E9 --person E3 --second E4
expect_exit 0 paper --id ZB-1 --count 2 --applicant E2 --person E3 --second E4
expect_exit 7 paper --id ZB-1 --count 2 --applicant E2 --person E3 --second E4
sha=$(sha256sum "$TMP/scan.pdf" | cut -d' ' -f1)
[ -f "$CAB/state/files/${sha:0:2}/$sha" ] || fail "the scan is not kept"
expect_exit 0 out YZ-1 ZB-1
expect_exit 0 stamp YZ-1 ZB-1 2
expect_exit 5 stamp YZ-1 ZB-1 1
expect_exit 0 back YZ-1

# What the OA says afterwards: its own number for it, imported only now.
cat >"$TMP/oa.csv" <<CSV
流程编号,申请人工号,申请人,申请部门,申请时间,印章编号,文件名称,用印份数,流程状态
YY-500,E2,钱二,d2,$(date -u +%Y-%m-%dT%H:%M:%SZ),YZ-1,补录的合同,2,审批通过
CSV
today=$(date -u +%Y-%m-%d)
ctl reconcile "$TMP/oa.csv" --from "$today" --to "$today" --json >"$OUT"
json_is '[.items[] | select(.external_id == "ZB-1") | .class][0]' paper_pending
expect_exit 3 ctl request match ZB-1 --to YY-500  # of which OA: a guess would leave a second grant
says source
expect_exit 0 ctl request match ZB-1 --to YY-500 --source csv
expect_exit 0 ctl request match ZB-1 --to YY-500 --source csv
expect_exit 5 ctl request match ZB-1 --to YY-501 --source csv
says R44
expect_exit 0 ctl request import "$TMP/oa.csv"
expect_exit 0 ctl request show YY-500 --json
json_is .state superseded
json_is .superseded_by ZB-1
expect_exit 0 ctl request match ZB-1 --to YY-500  # now it is known whose number that is
says already
expect_exit 5 out YZ-1 YY-500
says R03
ctl reconcile "$TMP/oa.csv" --from "$today" --to "$today" --json >"$OUT"
json_is '[.items[] | select(.external_id == "ZB-1")] | length' 0
json_is '[.items[] | select(.external_id == "YY-500") | .class][0]' matched

# --- an emergency ---
help_us() { ctl request emergency --seal YZ-2 --reason "投标截止" --pin-file "$TMP/pins" "$@"; }
expect_exit 3 help_us --person E2 --second E2
expect_exit 5 help_us --person E2 --second E4 --count 4
says R34
expect_exit 0 help_us --id YJ-1 --person E2 --second E4 --count 1
ctl alert list --json | jq -e '[.items[].type] | index("breakglass_used")' >/dev/null || fail "nobody was told"
expect_exit 5 ctl take YZ-2 --request YJ-1 --person E4 --pin-file "$TMP/pins"
expect_exit 0 out YZ-2 YJ-1
expect_exit 0 stamp YZ-2 YJ-1 1
expect_exit 0 back YZ-2
expect_exit 5 help_us --person E2 --second E4
says R35
ctl sim clock +90000 >/dev/null  # a day and an hour later
uncured() { ctl alert list --json | jq -e '[.items[].type] | index("breakglass_uncured")'; }
eventually 20 uncured
expect_exit 5 out YZ-2 REQ-2
says R35
expect_exit 5 ctl request cure YJ-1 --by REQ-1
says R01
expect_exit 0 ctl request cure YJ-1 --by REQ-2
expect_exit 5 out YZ-2 REQ-2
says R03
now=$(date -u -d '+25 hours' +%Y-%m-%dT%H:%M:%SZ)
expect_api 200 POST /v1/requests \
    "{\"source\":\"oa\",\"external_id\":\"REQ-9\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"t\",\"lines\":[{\"seal\":\"YZ-2\",\"copies\":1}]}"
expect_exit 0 out YZ-2 REQ-9

# --- called back ---
expect_exit 0 ctl seal recall YZ-2 --reason "法院要用"
expect_exit 0 ctl seal recall YZ-2 --reason "again"
says already
expect_exit 0 back YZ-2
expect_exit 5 ctl seal recall YZ-2 --reason "not out"
for source in paper emergency self; do  # no bridge brings these in
    expect_api 400 POST /v1/requests "{\"source\":\"$source\",\"external_id\":\"X\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"t\",\"lines\":[{\"seal\":\"YZ-2\",\"copies\":1}]}"
done
expect_exit 0 ctl use prove
expect_exit 0 ctl verify

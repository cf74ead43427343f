#!/bin/bash
# An export that has each class of discrepancy at once: every line of either side is told with its
# class, the totals are proved, an explanation holds until the line changes, and what a run found is
# shown later, after a restart too.
# seconds: 180
. "$(dirname "$0")/lib.sh"
stocked
expect_exit 0 ctl sim person auto
applied=$(ctl request show REQ-1 --json | jq -r .applied_at)
request() { # ID SEAL COPIES SOURCE
    expect_api 200 POST /v1/requests "{\"source\":\"$4\",\"external_id\":\"$1\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$applied\",\"title\":\"合同$1\",\"lines\":[{\"seal\":\"$2\",\"copies\":$3}]}"
}
request OVER YZ-1 1 oa
request DIFF YZ-3 2 oa
printf 'E1 1111\nE3 3333\n' >"$TMP/pins"
expect_exit 0 ctl request paper --id P-1 --seal YZ-3 --count 1 --applicant E2 --title 合同P-1 --basis 签批 --person E1 --second E3 --pin-file "$TMP/pins"
request GONE YZ-2 1 oa
visit() { expect_exit 0 take "$1" "$2"; expect_exit 0 give_back "$1"; }
visit YZ-1 REQ-1
visit YZ-1 OVER
visit YZ-1 OVER
visit YZ-2 REQ-2
expect_exit 0 take YZ-4 REQ-4

head='流程编号,申请人工号,申请人,申请部门,申请时间,印章编号,文件名称,用印份数,是否外带,外带地点,预计归还时间,流程状态'
line() { printf '%s,E2,钱二,,%s,%s,%s,%s,否,,,%s\n' "$1" "$applied" "$2" "$3" "$4" "$5"; }
export_with() { # COPIES of DIFF
    printf '%s\n' "$head"
    line REQ-1 YZ-1 采购合同第1号 2 审批通过
    line OVER YZ-1 合同OVER 1 审批通过
    line REQ-3 YZ-3 采购合同第3号 2 审批通过
    line REQ-4 YZ-4 采购合同第4号 2 已归档
    line DIFF YZ-3 合同DIFF "$1" 审批通过
    line GONE YZ-2 合同GONE 1 已撤回
    line NEW YZ-2 合同NEW 1 审批通过
    line WAIT YZ-2 合同WAIT 1 审批中
}
class_of() { jq -r --arg id "$1" '.items[] | select(.external_id == $id) | .class + " " + .state + " " + .detail' "$OUT"; }
is() { [ "$(class_of "$1")" = "$2" ] || fail "$1 is \"$(class_of "$1")\", not \"$2\""; }
reconcile() { ctl reconcile "$1" --source oa --from "$(date -u -d '-1 day' +%F)" --to "$(date -u -d '+2 days' +%F)" "${@:2}"; }

export_with 5 >"$TMP/export.csv"
expect_exit 1 reconcile "$TMP/export.csv" --json
is REQ-1 'matched matched '
is OVER 'over_approved open taken_more'
is REQ-2 'without_request open not_in_export'
is REQ-3 'approved_unused open window_open'
is REQ-4 'not_returned open out'
is DIFF 'content_differs open fields'
is P-1 'paper_pending open paper'
is GONE 'content_differs open withdrawn_in_oa'
is NEW 'approved_unused open not_received'
is WAIT 'matched matched '
json_is '.items[] | select(.external_id == "DIFF") | .differs | @csv' '"copies"'
json_is '[.totals.classes[] > 0] | all' true
json_is '.totals | [.export_lines, .ledger_lines, .loans, .items, .matched, .explained, .open] | @csv' '8,8,5,10,2,0,8'
# Nobody needs to believe the totals: they are what the items add up to.
json_is '(.totals.classes | add) == .totals.items and .totals.items == (.items | length)' true
json_is '([.items[] | .export_lines] | add) == .totals.export_lines' true
json_is '([.items[] | .ledger_lines] | add) == .totals.ledger_lines' true
json_is '([.items[] | .loans] | add) == .totals.loans' true
run=$(json .id)
cp "$OUT" "$TMP/first"

# The same in the other encoding, from standard input, in another order.
(head -1 "$TMP/export.csv"; tail -n +2 "$TMP/export.csv" | tac) | iconv -f UTF-8 -t GBK >"$TMP/export.gbk"
expect_exit 1 reconcile "$TMP/export.gbk" --json
diff <(jq -S '.items' "$TMP/first") <(jq -S '.items' "$OUT") || fail "another encoding, another result"

# For people.
expect_exit 1 reconcile "$TMP/export.csv" --lang zh_CN
for words in 相符 超批准用印 无流程用印 已批未用 尚未归还 内容不一致 纸质补录待核销 '合计已核对相等:OA 8 行、账本 8 行、借用 5 次'; do says "$words"; done
expect_exit 1 reconcile "$TMP/export.csv" --csv --lang zh_CN
says 'DIFF,YZ-3,oa,内容不一致,待处理,字段不一致,copies,0,0,approved,5,,accepted,2,2,'
[ "$(wc -l <"$OUT")" = 11 ] || fail "not a head and ten lines: $(cat "$OUT")"

# Explained, each for a reason; what matches cannot be.
for pair in OVER/YZ-1 REQ-2/YZ-2 REQ-3/YZ-3 REQ-4/YZ-4 DIFF/YZ-3 P-1/YZ-3 GONE/YZ-2 NEW/YZ-2; do
    expect_exit 0 ctl reconcile explain "$run" --request "${pair%/*}" --seal "${pair#*/}" --reason "已核实 ${pair%/*}"
done
expect_exit 3 ctl reconcile explain "$run" --request REQ-1 --seal YZ-1 --reason 无
expect_exit 3 ctl reconcile explain "$run" --request OVER --seal YZ-1 --reason ' '
expect_exit 6 ctl reconcile explain "$run" --request NONE --seal YZ-1 --reason 无
expect_exit 6 ctl reconcile explain R0 --request OVER --seal YZ-1 --reason 无
[ "$(count_events discrepancy.explained)" = 8 ] || fail "not eight explanations"
expect_exit 0 ctl reconcile explain "$run" --request OVER --seal YZ-1 --reason '已核实 OVER'
[ "$(count_events discrepancy.explained)" = 8 ] || fail "the same explanation was recorded twice"
expect_exit 0 reconcile "$TMP/export.csv" --json
json_is '.totals | [.matched, .explained, .open] | @csv' '2,8,0'
json_is '.items[] | select(.external_id == "OVER") | .explanation.reason' '已核实 OVER'
is DIFF 'content_differs explained fields'

# The line changes: its explanation holds no more; the others do.
export_with 6 >"$TMP/export.csv"
expect_exit 1 reconcile "$TMP/export.csv" --json
json_is '.totals | [.matched, .explained, .open] | @csv' '2,7,1'
is DIFF 'content_differs open fields'
expect_exit 0 give_back YZ-4
expect_exit 1 reconcile "$TMP/export.csv" --json
is REQ-4 'matched matched '

# Records that are none are told with their lines, and the run is not clean.
export_with 5 >"$TMP/export.csv"
line BAD YZ-2 合同BAD 两份半 审批通过 >>"$TMP/export.csv"
expect_exit 1 reconcile "$TMP/export.csv" --json
json_is '[.totals.open, .totals.refused, .refused[0].line, .refused[0].record] | @csv' '0,1,10,9'
expect_exit 3 reconcile /etc/hostname
expect_exit 2 ctl reconcile "$TMP/export.csv" --from then --to now
expect_exit 3 ctl reconcile "$TMP/export.csv" --from 2026-01-02 --to 2026-01-01

# Shown later, after a restart, as it was found and as it stands now.
cabinet_down
resume
expect_exit 0 ctl reconcile show "$run" --json
json_is '.totals.open' 8
is DIFF 'content_differs explained fields'
is REQ-4 'not_returned explained out'
diff <(jq -S '[.items[] | del(.state, .explanation)]' "$TMP/first") <(jq -S '[.items[] | del(.state, .explanation)]' "$OUT") ||
    fail "the items kept are not the items found"
# ... and the items are those whose hash the ledger holds.
kept=$CAB/state/reconciliations/$(json .items_sha256).ndjson
[ "$(sha256sum <"$kept" | cut -d' ' -f1)" = "$(events reconcile.run | head -1 | jq -r .data.items_sha256)" ] ||
    fail "the items are not those that the ledger names"
expect_api 200 GET "/v1/reconciliations/$run?limit=3"
json_is '.items | length' 3
expect_api 200 GET "/v1/reconciliations/$run?limit=500&cursor=$(json .next)"
json_is '[(.items | length), .next] | @csv' '7,'
expect_api 400 GET "/v1/reconciliations/$run?cursor=5"
expect_exit 0 ctl reconcile list --json
json_is '.items[0].id' "$run"
json_is '.items == (.items | sort_by(.at))' true
expect_exit 6 ctl reconcile show R0
expect_exit 0 ctl verify

#!/bin/bash
# The register of use adds up: what the spreadsheet, the print, the page and the API say are the
# sums of the uses in the ledger, made twice from the same ledger they are the same bytes, and what
# others wrote does no harm in any of them.
. "$(dirname "$0")/lib.sh"
stocked
today=$(TZ=Asia/Shanghai date +%F)
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
ctl sim person auto >/dev/null

# Six requests under one taking; the last one's title is what a clerk never writes.
title='=HYPERLINK(\"http://x\")\n\"引号\",逗号 𠮷㙍 <b>'
for n in 1 2 3 4 5 6; do
    expect_api 200 POST /v1/requests \
        "{\"source\":\"oa\",\"external_id\":\"YY-$n\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"$([ $n = 6 ] && printf %s "$title" || echo "采购合同$n")\",\"chain\":\"孙三>王总\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":2,\"count\":3,\"cross_page\":1}]}"
done
expect_exit 0 ctl take YZ-1 --request YY-1 --request YY-2 --request YY-3 --request YY-4 \
    --request YY-5 --request YY-6 --person E1 --pin-file "$(pin 1111)"
for n in 1 2 3 4 5 6; do
    expect_exit 0 ctl use record --seal YZ-1 --request YY-$n --by E1 --witness E3 \
        --count $((n % 3 + 1)) --riding $((n % 2)) --counterpart 星河贸易有限公司
done
# A spoiled sheet, its second stamping, and one beyond the grant.
expect_exit 0 ctl use record --seal YZ-1 --request YY-3 --by E1 --witness E3 --count 1 --json
spoiled=$(json .id)
expect_exit 0 ctl use void "$spoiled" --person E1 --reason 印迹不清 --pin-file "$(pin 1111)"
expect_exit 0 ctl use record --seal YZ-1 --request YY-2 --by E1 --witness E3 --count 2 --excess 多盖一页
expect_exit 0 ctl return YZ-1 --person E1 --pin-file "$(pin 1111)"

report() { ctl report "$1" --from "$today" --to "$today" --format "$2" "${@:3}"; }
# Twice from the same ledger; sealsd may write an entry of its own in between, then once more.
size() { report register json | jq .ledger.size; }
same_twice() {
    local before try
    for try in 1 2 3 4 5; do
        before=$(size)
        expect_exit 0 report "$1" "$2"
        mv "$OUT" "$TMP/$1.$2"
        expect_exit 0 report "$1" "$2" --lang zh_CN
        [ "$(size)" = "$before" ] || continue
        diff "$TMP/$1.$2" "$OUT" >&2 || fail "$1.$2 differs when made again"
        return 0
    done
    fail "the ledger grows all the time (try $try)"
}
for kind in register custody handover inventory take-out exceptions reconciliation destruction usage; do
    for format in csv txt html json; do same_twice $kind $format; done
done

# The ledger: every use that was recorded.
ledger() { events use.recorded | jq -s "map(.data.$1 // 0) | add"; }
made=$(ledger count) riding=$(ledger cross_page) excess=$(ledger excess)
[ "$made" = 15 ] && [ "$riding" = 3 ] && [ "$excess" = 2 ] || fail "the ledger has $made, $riding, $excess"

# The API and the JSON.
total() { jq -r ".totals.$1" "$TMP/register.json"; }
[ "$(total impressions) $(total cross_page) $(total excess)" = "$made $riding $excess" ] ||
    fail "the totals are $(jq -c .totals "$TMP/register.json")"
[ "$(jq -c '[.items[].impressions] | add' "$TMP/register.json")" = "$made" ] || fail "the items do not add up"
expect_api 200 GET "/v1/reports/register?from=${today}T00:00:00%2B08:00&to=${today}T23:59:59%2B08:00"
head -n 1 "$OUT" | jq -e --argjson rows "$(total rows)" '.kind == "register" and .rows == $rows and .ledger.size > 0' >/dev/null ||
    fail "the head is $(head -n 1 "$OUT")"
tail -n 1 "$OUT" | jq -e --argjson made "$made" '.code == "ok" and .totals.impressions == $made' >/dev/null ||
    fail "the end is $(tail -n 1 "$OUT")"

# The spreadsheet: columns 14 to 16 are granted, made, cross-page.
python3 - "$TMP/register.csv" "$made" "$riding" "$(total granted)" <<'PY' || fail "the spreadsheet does not add up"
import csv, sys
raw = open(sys.argv[1], 'rb').read()
assert raw.startswith(b'\xef\xbb\xbf') and raw.count(b'\r\n') == raw.count(b'\n')
rows = list(csv.reader(raw.decode('utf-8-sig').splitlines(True)))
assert len(rows[0]) == 29 and all(len(row) == 29 for row in rows), rows
assert [sum(int(row[i]) for row in rows[1:]) for i in (14, 15, 13)] == [int(n) for n in sys.argv[2:5]]
title = [row[8] for row in rows if 'HYPERLINK' in row[8]]
assert title == ['\'=HYPERLINK("http://x") "引号",逗号 𠮷㙍 <b>'], title
assert [row[26] for row in rows if row[26].startswith('作废')] == ['作废']
PY

# The print: the last running sums, and the form's foot on every page.
last=$(grep -a '累    计' "$TMP/register.txt" | tail -n 1)
case $last in *"实际 $made,骑缝 $riding,超批准 $excess,"*) ;; *) fail "the print says: $last" ;; esac
pages=$(tr -cd '\f' <"$TMP/register.txt" | wc -c)
for word in 本页小计 制表 复核 根哈希 "页/共 $((pages + 1)) 页"; do
    [ "$(grep -ac -- "$word" "$TMP/register.txt")" = $((pages + 1)) ] || fail "$word is not on every page"
done
grep -q 'SIMULATED' "$TMP/register.txt" || fail "the print hides that the cabinet is simulated"
grep -q '孙三(E3)、王总(工号不详)' "$TMP/register.csv" || fail "approvers do not bear their numbers"

# The page: no mark of others, nothing from outside.
grep -q '㙍 <b>' "$TMP/register.html" && fail "a title became a mark"
grep -qE '<script|src="http|href=' "$TMP/register.html" && fail "the page loads something"
grep -q '㙍 &lt;b&gt;' "$TMP/register.html" || fail "the title is gone from the page"

# An empty period is a form with nothing in it; a wrong one is named.
expect_exit 0 ctl report register --from 2020-01-01 --to 2020-01-02 --format json
json_is '.items | length' 0
json_is .totals.impressions 0
expect_exit 0 ctl report register --from 2020-01-01 --to 2020-01-02
says '第 1 页/共 1 页'
expect_exit 3 ctl report register --from 2026-02-02 --to 2026-02-01
says to
expect_exit 3 ctl report registry --from "$today" --to "$today"
says kind
expect_exit 6 ctl report register --from "$today" --to "$today" --seal YZ-99
expect_exit 2 ctl report register --from "$today" --to "$today" --format pdf

# The scene of the voided use.
expect_exit 0 ctl use show "$spoiled" --lang zh_CN
says 作废:印迹不清
says '孙三(E3)'
expect_exit 0 ctl use show "$spoiled" --format html
says '<h1>用印现场记录'
exit 0

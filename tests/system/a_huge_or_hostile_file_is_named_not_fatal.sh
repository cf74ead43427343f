#!/bin/bash
# seconds: 240
# 200,000 lines go in within bounded memory; binary rubbish and a cell of 10 MB are named.
. "$(dirname "$0")/lib.sh"
stocked
head -c 3000000 /dev/urandom >"$TMP/rubbish.csv"
expect_exit 3 ctl request import "$TMP/rubbish.csv"
{
    printf '流程编号,申请人工号,申请时间,印章编号,文件名称,用印份数,是否外带,流程状态\r\n'
    printf 'BIG-1,E2,2026-11-20 09:00,YZ-1,"'
    head -c 10000000 /dev/zero | tr '\0' x
    printf '",1,否,审批通过\r\nBIG-2,E2,2026-11-20 09:00,YZ-1,好合同,1,否,审批通过\r\n'
} >"$TMP/cell.csv"
expect_exit 1 ctl request import "$TMP/cell.csv" --json
json_is '[.accepted, (.refused | length)] | @csv' '1,1'
{
    printf '流程编号,申请人工号,申请时间,印章编号,文件名称,用印份数,是否外带,流程状态\r\n'
    awk 'BEGIN {for (i = 1; i <= 200000; ++i) printf "N-%d,E2,2026-11-20 09:00,YZ-%d,采购合同%d,1,否,%s\r\n", i, i % 4 + 1, i, i % 100 ? "审批中" : "审批通过"}'
} >"$TMP/long.csv"
expect_exit 0 ctl request import "$TMP/long.csv" --json
json_is '[.accepted, .left_out] | @csv' '2000,198000'
peak=$(awk '/VmHWM/ {print $2}' "/proc/$(program_pid sealsd)/status")
[ -n "${ASAN:-}" ] || [ "$peak" -le 120000 ] || grep -q sanitize "$BIN/../CMakeCache.txt" || fail "sealsd needed $peak kB"
expect_exit 0 ctl verify

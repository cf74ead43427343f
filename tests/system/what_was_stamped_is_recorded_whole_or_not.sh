#!/bin/bash
# seconds: 120
# Uses under faults: wrong and huge files, the last impression asked for twice at once, a kill between
# photo and record, a request withdrawn while the seal is out, a clock that steps in the visit, texts
# with newlines, quotes, formulas and rare characters. Nothing half, and the counts add up.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
printf 'E1 1111\nE2 2222\nE3 3333\n' >"$TMP/pins"
take YZ-1 REQ-1 >/dev/null || fail "not taken"
record() { ctl use record --seal YZ-1 --request REQ-1 --by E2 "$@"; }
used() { ctl request show REQ-1 --json | jq '.lines[0].used'; }

# Files.
expect_exit 3 record --count 1 --photo "$TMP/none.jpg"
says none.jpg
mkdir "$TMP/folder"
expect_exit 3 record --count 1 --photo "$TMP/folder"
: >"$TMP/empty.jpg"
expect_exit 3 record --count 1 --photo "$TMP/empty.jpg"
truncate -s 200M "$TMP/huge.jpg"
expect_exit 3 record --count 1 --photo "$TMP/huge.jpg"
says "at most"
expect_api 400 POST /v1/uses '{"request":"REQ-1","seal":"YZ-1","by":"E2","count":1,"after":["nothing"]}'
expect_api 404 POST /v1/uses "{\"request\":\"REQ-1\",\"seal\":\"YZ-1\",\"by\":\"E2\",\"count\":1,\"after\":[\"$(printf '%064d' 7)\"]}"
expect_exit 2 record --count two
expect_exit 3 record --count 0
[ "$(used)" = 0 ] || fail "a failed record spent something"

# The last impression, asked for by two at once, thrice.
expect_exit 0 record --count 1
for i in 1 2 3; do
    [ "$i" = 1 ] || expect_exit 0 ctl request extend REQ-1 --seal YZ-1 --count 1 --reason "page $i" --basis "OA $i"
    codes=()
    record --count 1 --name "a $i" >/dev/null 2>&1 & one=$!
    record --count 1 --name "b $i" >/dev/null 2>&1 & other=$!
    wait $one; codes+=($?)
    wait $other; codes+=($?)
    [ "$(printf '%s\n' "${codes[@]}" | sort | tr '\n' ' ')" = "0 5 " ] || fail "both or neither: ${codes[*]}"
done
[ "$(count_events use.recorded)" = 4 ] || fail "not four uses"

# Killed between photo and record: the photo may lie there, the use is there whole or not at all.
expect_exit 0 ctl request extend REQ-1 --seal YZ-1 --count 20 --reason more --basis "OA 9"
for i in {1..12}; do
    echo "kill $i" >"$TMP/k$i.jpg"
    record --count 1 --photo "$TMP/k$i.jpg" --name "k$i" --idempotency-key "k$i" >"$TMP/k$i.out" 2>&1 &
    client=$!
    sleep "0.0$(printf '%02d' $((i * 4)))"
    kill_program sealsd
    kill $client 2>/dev/null
    resume
    expect_exit 0 record --count 1 --photo "$TMP/k$i.jpg" --name "k$i" --idempotency-key "k$i"
done
[ "$(count_events use.recorded)" = 16 ] || fail "$(count_events use.recorded) uses, not 16: a retry was counted twice or lost"
events use.recorded | jq -r '.img[]?' | while read -r sha; do
    [ "$(sha256sum <"$CAB/state/files/${sha:0:2}/$sha" | cut -d' ' -f1)" = "$sha" ] || fail "photo $sha is not whole"
done || exit 1

# Texts as offices write them.
expect_exit 0 record --count 1 --name $'=HYPERLINK("x")\n"第二行",𠮷㙍' --counterpart '+86' --place '@会议室' --exception '-1'
expect_exit 0 ctl use list --json
json_is '.items[-1].document.name' $'=HYPERLINK("x")\n"第二行",𠮷㙍'
expect_exit 0 ctl use list
expect_exit 0 ctl search 第二行
says 第二行

# Withdrawn while out: no more, but what happened is told.
expect_exit 0 ctl request withdraw REQ-1
expect_exit 5 record --count 1
says R03
expect_exit 0 record --count 1 --excess "stamped before the news came"
ctl alert list --json | jq -e '[.items[].type] | contains(["excess_impression"])' >/dev/null || fail "no alert"

# The clock steps while the seal is out: a use is still recorded, and the seal comes back.
take YZ-2 REQ-2 >/dev/null || fail "not taken"
ctl sim clock -7200 >/dev/null
distrusted() { ctl status --json | jq -e '[.parts[] | select(.part == "clock")][0].state == "fault"'; }
eventually 5 distrusted
expect_exit 0 ctl use record --seal YZ-2 --request REQ-2 --by E2 --count 1
expect_exit 0 give_back YZ-2
expect_exit 0 give_back YZ-1
expect_exit 5 ctl use record --seal YZ-2 --request REQ-2 --by E2 --count 9
expect_exit 0 ctl use record --seal YZ-2 --request REQ-2 --by E2 --count 1
ctl use list --json | jq -e '.items[-1].late' >/dev/null || fail "not told as late"
ctl sim clock +7200 >/dev/null

expect_exit 0 ctl use prove --json
json_is '[.ok, .uses, .mismatches, .excess] | @csv' 'true,20,0,1'
expect_exit 0 ctl verify

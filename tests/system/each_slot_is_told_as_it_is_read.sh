#!/bin/bash
# A count can be followed: a line per slot as it is read, the recorded inventory last. A terminal
# sees each slot; cron one line, and the exit status of what was found.
. "$(dirname "$0")/lib.sh"
stocked
expect_api 200 POST '/v1/inventories?follow=1' '' 'Idempotency-Key: F1'
[ "$(wc -l <"$OUT")" = 9 ] || fail "not a line per slot and the inventory: $(cat "$OUT")"
head -n 8 "$OUT" | jq -es 'map(.read) == [1,2,3,4,5,6,7,8] and all(.[]; .slots == 8)' >/dev/null || fail "$(cat "$OUT")"
head -n 8 "$OUT" | jq -r .slot | sort -n | diff - <(seq 8) || fail "not every slot is told"
last=$(tail -n 1 "$OUT")
[ "$(jq -r .code <<<"$last")" = ok ] || fail "the last line has no code: $last"
# A retry has the recorded one, as a stream or as a reply.
expect_api 200 POST '/v1/inventories?follow=1' '' 'Idempotency-Key: F1'
[ "$(jq -c . "$OUT")" = "$last" ] || fail "a retry says otherwise: $(cat "$OUT")"
expect_api 201 POST /v1/inventories '' 'Idempotency-Key: F1'
json_is .id "$(jq -r .id <<<"$last")"
expect_api 409 POST '/v1/inventories?follow=1' '{"person":"E1","factors":[{"kind":"pin","value":"1111"}]}'
json_is .rule R47

expect_exit 0 ctl inventory --brief
grep -qxE 'inventory I[0-9a-f]+: 8 slots, 4 present, 0 out, 0 discrepancies, [0-9.]+ s' "$OUT" || fail "$(cat "$OUT")"
expect_exit 0 ctl inventory --brief --lang zh_CN
grep -qxE '盘点 I[0-9a-f]+:格口 8,在柜 4,借出 0,差异 0,用时 [0-9.]+ 秒' "$OUT" || fail "$(cat "$OUT")"

# On a terminal, on stderr only.
script -qec "$BIN/sealctl --socket $CAB/api.sock inventory --lang en >$TMP/table" /dev/null </dev/null >"$OUT" ||
    fail "no success on a terminal: $(cat "$OUT")"
says '(8 of 8)'
! grep -q 'of 8' "$TMP/table" || fail "progress among the results"
grep -q YZ-4 "$TMP/table" || fail "no table: $(cat "$TMP/table")"

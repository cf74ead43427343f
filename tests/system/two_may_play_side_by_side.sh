#!/bin/bash
# Two simulated cabinets run side by side and know nothing of each other.
. "$(dirname "$0")/lib.sh"
one=$TMP/one two=$TMP/two
cabinet_up 3 "$one"
cabinet_up 5 "$two"
[ "$("$BIN/sealctl" --socket "$one/api.sock" status --json | jq .slots)" = 3 ] || fail "the first is another"
[ "$("$BIN/sealctl" --socket "$two/api.sock" status --json | jq .slots)" = 5 ] || fail "the second is another"
cabinet_down "$one"
[ "$("$BIN/sealctl" --socket "$two/api.sock" status --json | jq .slots)" = 5 ] || fail "the second went with the first"
expect_exit 8 "$BIN/sealctl" --socket "$one/api.sock" status
cabinet_down "$two"

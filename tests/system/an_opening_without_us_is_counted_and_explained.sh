#!/bin/bash
# Doors opened by force or while sealsd was down: the time nobody watched is on record, sealsd counts
# by itself before the next take, and two persons owe an explanation.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
printf 'E1 1111\nE2 2222\n' >"$TMP/pins"
before=$(count_events inventory.finished)
ctl sim person none >/dev/null
ctl sim open 6 >/dev/null
forced() { [ "$(count_events override.mechanical)" = 1 ]; }
eventually 5 forced
expect_exit 5 take YZ-1 REQ-1
says R25
ctl sim shut 6 >/dev/null
counted() { [ "$(count_events inventory.finished)" -gt "$before" ] && ctl override list --json | jq -e '.items[0].counted'; }
eventually 10 counted
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
expect_exit 0 give_back YZ-1
id=$(ctl override list --json | jq -r '.items[0].id')
expect_exit 5 ctl override explain "$id" --reason 消防演练 --person E1 --second E2 --pin-file "$(pin 1111)"
says R06
expect_exit 0 ctl override explain "$id" --reason 消防演练 --old-bag B17 --new-bag B18 --person E1 --second E2 --pin-file "$TMP/pins"
ctl override list --json | jq -e '.items == []' >/dev/null || fail "an explained opening is still open"
eventually 5 ctl search 消防演练

# While sealsd is down: the door stands open at the start.
ctl sim person none >/dev/null
kill_program sealsd
"$BIN/sealctl" --socket "$CAB/api.sock" sim open 7 >/dev/null
resume
down() { ctl override list --json | jq -e '.items[] | select(.cause == "down" and .slot == "7")'; }
eventually 10 down
from=$(ctl override list --json | jq -r '.items[0].from')
at=$(ctl override list --json | jq -r '.items[0].at')
[[ "$from" < "$at" ]] || fail "the uncovered time is empty: $from – $at"
expect_exit 0 ctl verify

#!/bin/bash
# A count of what has changed reads the slots to which something happened, and no others; what was
# found wrong stays in it until it is right. A slot in use is told as what is known, never as missing.
. "$(dirname "$0")/lib.sh"
stocked
since() { ctl inventory --since-last --json; }
slots() { json '[.items[].slot] | join(" ")'; }
counts() { expect_exit "$1" since; [ "$(slots)" = "$2" ] || fail "counted \"$(slots)\", not \"$2\""; }

counts 0 ''
json_is .since_last true
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
eventually 5 no_sessions
counts 0 1
json_is '.items[0].verdict' out
counts 0 ''

# A door that somebody forced, and what is gone with it, until it is back.
ctl sim person none >/dev/null
ctl sim open 3 >/dev/null 2>&1
sleep 0.2 # a real door takes longer than its contact chatters
ctl sim remove 3 >/dev/null
ctl sim shut 3 >/dev/null
gone() { [ "$(count_events seal.missing)" = 1 ]; }
eventually 5 gone
counts 1 3
json_is '.items[0].verdict' missing
counts 1 3
ctl sim open 3 >/dev/null 2>&1
sleep 0.2
ctl sim insert 3 T:YZ-3 >/dev/null
ctl sim shut 3 >/dev/null
home() { [ "$(custody YZ-3)" = in_slot ]; }
eventually 20 home
# What sealsd counts by itself after an opening by force may come first or last.
counted() { ctl override list --json | jq -e '.items | length > 0 and all(.counted)'; }
eventually 20 counted
expect_exit 0 since
counts 0 ''

# A full one reads them all.
expect_exit 0 ctl inventory --json
json_is '.items | length' 8
json_is .since_last false

# Open, taken out, not yet shut: out, and in use.
take YZ-2 REQ-2 >/dev/null 2>&1 &
unlocked() { [ "$(pulses)" -ge 2 ]; }
eventually 5 unlocked
ctl sim open 2 >/dev/null
sleep 0.2
ctl sim remove 2 >/dev/null
counts 0 2
json_is '.items[0].verdict' out
json_is '.items[0].busy' true
ctl sim shut 2 >/dev/null
wait
eventually 5 no_sessions
counts 0 2
json_is '.items[0].busy' false

# Two at once end right, each with an id of its own.
ctl inventory --json >"$TMP/one" &
ctl inventory --json >"$TMP/two"
wait
jq -es '.[0].id != .[1].id and .[0].summary == .[1].summary and .[0].summary.present == 2 and .[0].summary.out == 2' \
    "$TMP/one" "$TMP/two" >/dev/null || fail "two counts at once: $(cat "$TMP/one" "$TMP/two")"
expect_exit 0 ctl verify

#!/bin/bash
# What lies in the slot when the door shuts decides: a clone is quarantined, a foreign tag and a
# wrong seal are told, a dead tag is returned unverified until it reads, nothing is a null session.
. "$(dirname "$0")/lib.sh"
stocked
taken() {
    ctl sim person auto >/dev/null
    expect_exit 0 take "$1" "$2"
    ctl sim person none >/dev/null
    sleep 0.2
}
back_with() {  # SEAL SLOT TAG EXIT VERDICT
    local orders client
    orders=$(pulses)  # before: the line may be active sooner than we can look
    give_back "$1" --json >"$TMP/back" 2>&1 &
    client=$!
    for _ in $(seq 200); do [ "$(pulses)" -gt "$orders" ] && break; sleep 0.02; done
    ctl sim open "$2" >/dev/null
    sleep 0.2  # a real door takes longer than its contact chatters
    [ "$3" = nothing ] || ctl sim insert "$2" "$3" >/dev/null
    ctl sim shut "$2" >/dev/null
    wait $client
    local got=$?
    [ $got = "$4" ] || fail "exit $got, not $4, returning $3 for $1: $(cat "$TMP/back")"
    tail -n 1 "$TMP/back" | jq -e --arg verdict "$5" '.verdict == $verdict' >/dev/null || fail "not $5: $(tail -n 1 "$TMP/back")"
}
taken YZ-1 REQ-1
back_with YZ-1 1 nothing 1 null
sleep 0.2
back_with YZ-1 1 foreign 1 foreign_tag
ctl sim remove 1 >/dev/null 2>&1
sleep 0.2
[ "$(custody YZ-1)" = in_hand ] || fail "the loan does not stand after a foreign tag: $(custody YZ-1)"
taken YZ-2 REQ-2
back_with YZ-2 2 clone:YZ-2 1 forged
[ "$(ctl seal show YZ-2 --json | jq -r .state)" = quarantined ] || fail "a clone is not quarantined"
expect_exit 5 take YZ-2 REQ-2
says R10
taken YZ-3 REQ-3
back_with YZ-3 3 dead 1 returned_unverified
[ "$(custody YZ-3)" = returned_unverified ] || fail "a dead tag is $(custody YZ-3)"
ctl sim insert 3 T:YZ-3 >/dev/null
home() { [ "$(custody YZ-3)" = in_slot ]; }
eventually 20 home
expect_exit 0 ctl verify
every_pulse_was_granted

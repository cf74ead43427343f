#!/bin/bash
# Who counts proves himself and keeps none of the seals; what he found by eye is recorded before
# anything is told; what differs is named by slot, and a second count is kept beside the first.
. "$(dirname "$0")/lib.sh"
stocked
count() { ctl inventory --person "$1" --pin-file "$(pin "$2")" "${@:3}"; }
entry() { printf '%s\n' "$@" >"$TMP/blind.csv"; }
items() { json ".items[] | select(.slot==\"$1\") | .$2"; }

# Not by the custodian, not with a wrong PIN, and the refusal of a rule stands in the ledger.
expect_exit 5 count E1 1111
says R47
[ "$(count_events act.refused)" = 1 ] || fail "the refusal is not recorded"
expect_exit 5 count E3 1111
says R06
[ "$(count_events inventory.started)" = 0 ] || fail "a refused count began"

# What is wrong with the file is told by line; nothing is read or shown.
counts=$(count_events inventory.finished)
wrong() {  # TEXT LINE ROW…
    local text=$1 line=$2
    shift 2
    entry "$@"
    expect_exit 3 count E3 3333 --blind "$TMP/blind.csv"
    says "$text"
    says "line $line"
    ! grep -q 'YZ-4' "$OUT" "$ERR" || fail "something of the cabinet is told: $(cat "$OUT" "$ERR")"
}
wrong 'twice' 3 slot,seal 1,YZ-1 1,YZ-2
wrong 'twice' 3 slot,seal 1,YZ-1 2,YZ-1
wrong 'no slot 99' 3 slot,seal 1,YZ-1 99,YZ-2
wrong 'YZ-9 is not known' 2 slot,seal 1,YZ-9
wrong 'slot and seal' 1 1,YZ-1
[ "$(count_events inventory.finished)" = "$counts" ] || fail "a count was made of a wrong file"
[ "$(count_events inventory.blind_entry)" = 0 ] || fail "a wrong entry was recorded"
expect_exit 2 ctl inventory --blind "$TMP/blind.csv"

# Slot 2 is seen empty, slots 4 to 8 are not looked at: six mismatches, each named.
printf '\xb8\xf1\xbf\xda,\xd3\xa1\xd5\xc2\r\n1,YZ-1\r\n2,\r\n3,YZ-3\r\n' >"$TMP/blind.csv" # GBK
expect_exit 1 count E3 3333 --blind "$TMP/blind.csv" --json
json_is .blind true
json_is .person E3
json_is .discrepancies 0
json_is .mismatches 6
json_is '[.items[] | .result] | join(" ")' "agrees differs agrees not_counted not_counted not_counted not_counted not_counted"
[ "$(items 2 entered)" = '' ] && [ "$(items 2 verdict)" = present ] || fail "both entries are not kept"
[ "$(items 4 entered)" = null ] || fail "a row that was not given is told as given"
first=$(json .id)
started=$(events inventory.started | tail -n 1 | jq .seq)
entered=$(events inventory.blind_entry | jq .seq)
finished=$(json .seq)
[ "$started" -lt "$entered" ] && [ "$entered" -lt "$finished" ] || fail "not in order: $started $entered $finished"
[ "$(events inventory.blind_entry | jq -c '[.data.rows[] | [.slot, .seal]]')" = '[["1","YZ-1"],["2",""],["3","YZ-3"]]' ] ||
    fail "the entry is not as given: $(events inventory.blind_entry)"

# Counted again, all right: kept beside the first, which stays as it was.
entry slot,seal 1,YZ-1 2,YZ-2 3,YZ-3 4,YZ-4 5, 6, 7, 8,
expect_exit 0 count E3 3333 --blind "$TMP/blind.csv" --recount "$first" --json
again=$(json .id)
expect_exit 0 ctl inventory show "$first" --json
json_is .mismatches 6
json_is '.recounts[0]' "$again"
expect_exit 0 ctl inventory show "$again" --json
json_is .recount_of "$first"
json_is .code ok
expect_exit 3 count E3 3333 --blind "$TMP/blind.csv" --recount "$again"
expect_exit 6 count E3 3333 --blind "$TMP/blind.csv" --recount I0
expect_exit 6 ctl inventory show I0

# The history, newest first; after a restart, too, and the views recompute.
expect_exit 0 ctl inventory list --limit 2 --json
json_is '.items[0].id' "$again"
json_is '.items[1].id' "$first"
json_is '.items[0].node' "$(ctl status --json | jq -r .origin)"
cabinet_down
resume
expect_exit 0 ctl inventory show "$first" --json
json_is '.recounts[0]' "$again"
expect_exit 0 ctl inventory list
says "$first"
expect_exit 0 ctl verify

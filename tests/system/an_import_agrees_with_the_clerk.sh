#!/bin/bash
# An export as offices write it: what goes in, what is refused and why agree with what a careful
# clerk reads; both encodings give one result; again is a no-op; a dry run keeps nothing.
. "$(dirname "$0")/lib.sh"
data=$SEALS_SOURCE/tests/unit/intake/data/oa
cabinet_up 41
expect_exit 0 ctl person import "$data/people.csv"
expect_exit 0 ctl seal import "$data/seals.csv"
# (Not the ledger's size: the clock has things to record, too.)
kept() { ctl request list --all --json | jq '.items | length'; }
expect_exit 1 ctl request import "$data/requests.csv" --dry-run --json
json_is '[.accepted, .withdrawn, .left_out, (.refused | length), .dry_run] | @csv' '367,27,82,24,true'
[ "$(kept)" = 0 ] && [ "$(count_events request.accepted)" = 0 ] || fail "a dry run was kept"
expect_exit 1 ctl request import "$data/requests.gbk.csv" --json
json_is '[.accepted, .unchanged, .withdrawn, .left_out, (.conflicts | length)] | @csv' '367,0,27,82,0'
jq -r '.refused[].record' "$OUT" | sort -n | uniq >"$TMP/refused"
jq -r '.invalid | keys[]' "$data/truth.json" | sort -n >"$TMP/invalid"
diff "$TMP/refused" "$TMP/invalid" || fail "other records are refused than the clerk refuses"
expect_exit 1 ctl request import "$data/requests.csv" --json
json_is '[.accepted, .unchanged, .withdrawn, .left_out] | @csv' '0,394,0,82'
ctl request list --all --json >"$TMP/all"
for id in $(jq -r '.approved | keys[0:40][]' "$data/truth.json"); do
    want=$(jq -cr --arg id "$id" '.approved[$id] | [.applicant, .copies, .takeout, (.seals | sort)]' "$data/truth.json")
    got=$(ctl request show "$id" --json |
        jq -cr '[.applicant, .lines[0].copies, (.take_out != null), ([.lines[].seal] | sort)]')
    [ "$got" = "$want" ] || fail "$id is $got, not $want"
done
for id in $(jq -r '.void[]' "$data/truth.json"); do
    [ "$(ctl request show "$id" --json | jq -r .state)" = withdrawn ] || fail "$id is not withdrawn"
done
expect_exit 0 ctl verify

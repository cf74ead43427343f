#!/bin/bash
# seconds: 180
# A person who has left is erased: name, phone and PIN are in no byte of the ledger, its log and its
# index, also after a kill in between; every proof stays valid; what is under legal hold is refused.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
printf 'E1 1111\nE3 3333\n' >"$TMP/pins"
name=欧阳不凡甲 phone=13900000007
expect_api 200 POST /v1/persons "{\"id\":\"E9\",\"name\":\"$name\",\"phone\":\"$phone\"}"
expect_api 200 POST /v1/persons/E9/pin '{"pin":"99887766"}'
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
request() { # ID TITLE
    expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"$1\",\"status\":\"approved\",\"applicant\":\"E9\",\"applicant_name\":\"$name\",\"applied_at\":\"$now\",\"title\":\"$2\",\"lines\":[{\"seal\":\"YZ-3\",\"copies\":2}]}"
}
for i in {1..60}; do request "H-$i" "合同 $i"; done
request H-99 "给${name}的介绍信"
erase() { ctl person erase E9 --basis "本人申请" --person E1 --second E3 --pin-file "$TMP/pins" "$@"; }
bytes_with() { grep -clF -e "$1" "$CAB/state/ledger.db" "$CAB/state/ledger.db-wal" "$CAB/state/search.db" "$CAB/state/search.db-wal" 2>/dev/null; }
bytes_with "$phone" | grep -q ledger.db || fail "the test does not see what is there"
indexed() { ctl status --json | jq -e '.indexed == .ledger_size'; }
eventually 10 indexed
ctl search "$phone" --json >/dev/null
expect_exit 0 ctl search "$name"

# Not while he works here, not by himself, not under legal hold.
expect_exit 5 erase
says R49
expect_api 200 POST /v1/persons "{\"id\":\"E9\",\"name\":\"$name\",\"phone\":\"$phone\",\"active\":false}"
expect_exit 3 ctl person erase E9 --basis x --person E1 --second E1 --pin-file "$TMP/pins"
expect_exit 5 ctl person erase E9 --basis x --person E1 --second E3 </dev/null
expect_exit 6 ctl person erase E0 --basis x --person E1 --second E3 --pin-file "$TMP/pins"
expect_exit 0 ctl evidence hold --request H-7 --basis "court"
expect_exit 5 erase
says R48
says H-7
expect_exit 0 ctl evidence unhold --request H-7 --basis "over"
[ "$(count_events erase)" = 0 ] || fail "erased against a rule"

# A proof of before: the leaf of his registration, and the root that holds it.
registered=$(events person.registered | jq 'select(.person == "E9") | .seq')
leaf() { sqlite3 "file:$CAB/state/ledger.db?mode=ro" "select hex(leaf) from entry where seq=$registered"; }
before=$(leaf)

expect_exit 0 erase --json
json_is '.scrubbed' true
json_is '[.mentioned, .texts] | @csv' '1,65'
eventually 10 indexed
# H-99's title is not his own text: it keeps his name, and is the only place that does.
[ "$(sqlite3 "file:$CAB/state/ledger.db?mode=ro" "select count(*) from secret where id='E9'")" = 0 ] || fail "his PIN is still there"
for secret in "$phone"; do
    [ -z "$(bytes_with "$secret")" ] || fail "$secret is still in $(bytes_with "$secret")"
done
[ "$(sqlite3 "file:$CAB/state/ledger.db?mode=ro" "select count(*) from personal where text like '%$name%'")" = 1 ] || fail "not only the title"
[ "$(leaf)" = "$before" ] || fail "a leaf was rewritten"
expect_exit 0 ctl verify
expect_exit 0 ctl person show E9
says erased
expect_exit 0 ctl request show H-7 --json
json_is .applicant_name ""
json_is .applicant E9
expect_exit 0 ctl search E9 --json
expect_exit 5 erase
says "erased already"
# His firm's list names him for years.
expect_api 200 POST /v1/persons "{\"id\":\"E9\",\"name\":\"$name\",\"phone\":\"$phone\",\"active\":false}"
request H-7 "合同 7"
[ -z "$(bytes_with "$phone")" ] || fail "the list brought it back"
cabinet_down
resume
expect_exit 0 ctl verify
[ -z "$(bytes_with "$phone")" ] || fail "it came back with a restart"

# Another one, whom nothing else names: no byte of his name stays; killed in between, over and over.
for i in 1 2 3 4 5 6; do
    id=L$i his=司徒无名第$i号 number=1880000111$i
    expect_api 200 POST /v1/persons "{\"id\":\"$id\",\"name\":\"$his\",\"phone\":\"$number\"}"
    expect_api 200 POST /v1/persons "{\"id\":\"$id\",\"name\":\"$his\",\"phone\":\"$number\",\"active\":false}"
    eventually 10 indexed
    ctl person erase "$id" --basis "本人申请" --person E1 --second E3 --pin-file "$TMP/pins" --idempotency-key "erase-$i" >"$TMP/e.out" 2>&1 &
    client=$!
    sleep "0.$(printf '%02d' $((i * 6)))"
    kill_program sealsd
    wait $client 2>/dev/null
    resume
    expect_exit 0 ctl person erase "$id" --basis "本人申请" --person E1 --second E3 --pin-file "$TMP/pins" --idempotency-key "erase-$i"
    gone() { [ -z "$(bytes_with "$his")$(bytes_with "$number")" ]; }
    eventually 10 indexed
    eventually 15 gone
    expect_exit 0 ctl verify
done
[ "$(count_events erase)" = 7 ] || fail "$(count_events erase) erasures, not 7"

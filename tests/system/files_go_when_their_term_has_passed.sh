#!/bin/bash
# seconds: 120
# Files of the record: every one that an entry names is checked, a missing or altered one is named with
# its entry and raises an alert; what has passed its term is purged after the ledger says so, not under
# legal hold, not while another entry still wants it; the ledger stays whole throughout.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
printf 'E1 1111\nE2 2222\nE3 3333\n' >"$TMP/pins"
file_of() { printf '%s/state/files/%s/%s' "$CAB" "${1:0:2}" "$1"; }
sha() { sha256sum <"$1" | cut -d' ' -f1; }
for name in one two three shared; do echo "document $name" >"$TMP/$name.pdf"; done
echo "a photo" >"$TMP/scene.jpg"
use() { expect_exit 0 ctl use record --seal "$1" --request "$2" --by E2 --count 1 "${@:3}"; }
expect_exit 0 take YZ-1 REQ-1
use YZ-1 REQ-1 --document "$TMP/one.pdf" --photo "$TMP/scene.jpg"
use YZ-1 REQ-1 --document "$TMP/shared.pdf"
expect_exit 0 give_back YZ-1
expect_exit 0 take YZ-2 REQ-2
use YZ-2 REQ-2 --document "$TMP/two.pdf"
expect_exit 0 give_back YZ-2
one=$(sha "$TMP/one.pdf") two=$(sha "$TMP/two.pdf") scene=$(sha "$TMP/scene.jpg") shared=$(sha "$TMP/shared.pdf")

# All there and whole; a stranger is told, and is no fault.
mkdir -p "$CAB/state/files/ab"
echo stranger >"$TMP/stranger"
stranger=$(sha "$TMP/stranger")
mkdir -p "$(dirname "$(file_of "$stranger")")"
cp "$TMP/stranger" "$(file_of "$stranger")"
expect_exit 0 ctl verify --files --json
json_is '[.code, .files.named, .files.purged, .files.strangers, .files.stranger_files[0]] | @csv' "\"ok\",4,0,1,\"$stranger\""
rm "$(file_of "$stranger")"

# A missing and an altered one: named with the entry that vouches for each.
seq_of() { events use.recorded | jq "select(.doc == \"$1\") | .seq"; }
mv "$(file_of "$one")" "$TMP/kept"
printf x >>"$(file_of "$two")"
expect_exit 10 ctl verify --files
says "missing: $one, named by ledger entry $(seq_of "$one")"
says "altered: $two, named by ledger entry $(seq_of "$two")"
[ "$(count_events selftest.failed)" = 1 ] || fail "not recorded"
eventually 5 sh -c "'$BIN/sealctl' --socket '$CAB/api.sock' alert list --json | grep -q file_altered"
expect_exit 1 ctl status
says "1 missing, 1 altered"
expect_exit 0 ctl verify
mv "$TMP/kept" "$(file_of "$one")"
cp "$TMP/two.pdf" "$(file_of "$two")"
expect_exit 0 ctl verify --files
files_ok() { ctl status --json | jq -e '.parts[] | select(.part == "files") | .state == "ok"'; }
eventually 5 files_ok

# A term of a day: nothing is due today; tomorrow all documents are, but what is held stays.
policy '[retention]' 'documents = "1d"'
expect_exit 0 ctl evidence purge
says "nothing has passed its term"
expect_exit 0 ctl evidence hold --request REQ-2 --basis "(2026)沪01民初7号"
expect_exit 5 ctl evidence hold --request REQ-2 --basis again
says R48
expect_exit 6 ctl evidence hold --request NONE --basis x
expect_exit 0 ctl evidence holds
says "(2026)沪01民初7号"
expect_exit 0 ctl request show REQ-2
says "(2026)沪01民初7号"
ctl sim clock +100000 >/dev/null
# What was sent within the hour stays for whoever acts with it; a restart ends every act.
kill_program sealsd
resume
# The same document again, under a request of today: it stays for its sake.
now=$(date -u -d '+100000 seconds' +%Y-%m-%dT%H:%M:%SZ)
expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"NEW\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"again\",\"lines\":[{\"seal\":\"YZ-3\",\"copies\":2}]}"
expect_exit 0 take YZ-3 NEW
use YZ-3 NEW --document "$TMP/shared.pdf"
expect_exit 0 give_back YZ-3
expect_exit 0 ctl evidence purge --dry-run --json
json_is '[.dry_run, .purged] | @csv' 'true,0'
json_is '.classes[] | select(.name == "documents") | [.kept, .due, .held] | @csv' '1,1,1'
[ -e "$(file_of "$one")" ] || fail "a dry run took it away"
expect_exit 0 ctl evidence purge
says "1 files purged"
[ ! -e "$(file_of "$one")" ] || fail "it is still there"
for kept in "$two" "$scene" "$shared"; do [ -e "$(file_of "$kept")" ] || fail "$kept is gone"; done
[ "$(events retention.purged | jq -r '.data | [.class, .held, .files[0]] | @csv')" = "\"documents\",1,\"$one\"" ] || fail "not so recorded"
expect_exit 0 ctl verify --files --json
json_is '[.code, .files.named, .files.purged] | @csv' '"ok",3,1'
use1=$(events use.recorded | jq -r "select(.doc == \"$one\") | .data.id")
expect_exit 0 ctl use show "$use1"
says "purged on"
expect_exit 0 ctl evidence purge --json
json_is .purged 0

# The hold ends: the next run takes it. What is sent again is kept again.
expect_exit 0 ctl evidence unhold --request REQ-2 --basis "judged"
expect_exit 5 ctl evidence unhold --request REQ-2 --basis again
expect_exit 0 ctl evidence purge
[ ! -e "$(file_of "$two")" ] || fail "the file that was held is still there"
expect_exit 0 take YZ-3 NEW
use YZ-3 NEW --document "$TMP/one.pdf"
expect_exit 0 give_back YZ-3
[ -e "$(file_of "$one")" ] || fail "it was not kept again"
expect_exit 0 ctl verify --files --json
json_is '[.code, .files.named, .files.purged] | @csv' '"ok",3,1'
expect_exit 0 ctl evidence purge
[ -e "$(file_of "$one")" ] || fail "purged for its old entry"
cabinet_down
resume
expect_exit 0 ctl verify --files

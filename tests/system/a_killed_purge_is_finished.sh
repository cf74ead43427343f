#!/bin/bash
# seconds: 180
# sealsd is killed at any moment of a purge, over and over: no file is gone that no entry says is gone,
# what an entry says is gone goes at the next run, and the ledger verifies each time.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
expect_exit 0 ctl request extend REQ-1 --seal YZ-1 --count 60 --reason many --basis "OA 1"
expect_exit 0 take YZ-1 REQ-1
for i in {1..40}; do
    echo "document $i" >"$TMP/d.pdf"
    expect_exit 0 ctl use record --seal YZ-1 --request REQ-1 --by E2 --count 1 --document "$TMP/d.pdf"
done
expect_exit 0 give_back YZ-1
policy '[retention]' 'documents = "1d"'
ctl sim clock +200000 >/dev/null
kill_program sealsd  # what was sent within the hour stays for whoever acts with it
resume
named() { events use.recorded | jq -r .doc | sort -u; }
purged() { events retention.purged | jq -r '.data.files[]' | sort -u; }
there() { find "$CAB/state/files" -type f ! -name '*.partial' -printf '%f\n' | sort -u; }
for i in {1..10}; do
    ctl evidence purge >"$TMP/purge.out" 2>&1 &
    client=$!
    sleep "0.0$(printf '%02d' $((i * 3)))"
    kill_program sealsd
    wait $client 2>/dev/null
    resume
    # Gone without an entry: never.
    comm -23 <(named) <(there) >"$TMP/gone"
    purged >"$TMP/purged"
    comm -23 "$TMP/gone" "$TMP/purged" >"$TMP/lost"
    [ ! -s "$TMP/lost" ] || fail "gone, and no entry says so: $(cat "$TMP/lost")"
    expect_exit 0 ctl verify --files
    [ -n "$(purged)" ] && comm -12 "$TMP/purged" <(there) | grep -q . && left=yes
done
expect_exit 0 ctl evidence purge
[ -z "$(there)" ] || fail "left after all: $(there)"
[ "$(purged | wc -l)" = 40 ] || fail "$(purged | wc -l) purged, not 40"
expect_exit 0 ctl verify --files --json
json_is '[.code, .files.named, .files.purged] | @csv' '"ok",0,40'
echo "a kill came between entry and file: ${left:-no}"

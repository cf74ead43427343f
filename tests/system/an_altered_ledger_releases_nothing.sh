#!/bin/bash
# The ledger edited by hand: an older edit is found by verify, which names the first bad entry, and
# from then on releases answer corrupt; an edit at the tail is found at the start.
. "$(dirname "$0")/lib.sh"
stocked 41
# Enough entries that the altered one is older than what the start looks at.
data=$SEALS_SOURCE/tests/unit/intake/data/oa
expect_exit 0 ctl person import "$data/people.csv"
for _ in 1 2 3; do
    sed 's/,员工,/,审计,/' "$data/people.csv" >"$TMP/people.csv"
    expect_exit 0 ctl person import "$TMP/people.csv"
    expect_exit 0 ctl person import "$data/people.csv"
done
expect_exit 0 ctl verify
cabinet_down
cp "$CAB/state/ledger.db" "$TMP/good.db"
sqlite3 "$CAB/state/ledger.db" "UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'REQ-1', 'REQ-9') AS BLOB) WHERE seq = (SELECT min(seq) FROM entry WHERE CAST(leaf AS TEXT) LIKE '%REQ-1%')"
bad=$(sqlite3 "$CAB/state/ledger.db" "SELECT min(seq) FROM entry WHERE CAST(leaf AS TEXT) LIKE '%REQ-9%'")
resume
expect_exit 10 ctl verify --json
json_is .first_bad.seq "$bad"
expect_exit 10 take YZ-2 REQ-2
expect_exit 1 ctl status
cabinet_down
cp "$TMP/good.db" "$CAB/state/ledger.db"
rm -f "$CAB/state/ledger.db-wal" "$CAB/state/ledger.db-shm"
sqlite3 "$CAB/state/ledger.db" "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"
expect_exit 10 timeout 20 "$BIN/sealsd" --config "$CAB/seals.toml"

# Cut short, whatever is left of it: the start names the file and says what to do; nothing new is begun
# in its place.
size=$(stat -c %s "$TMP/good.db")
for left in 0 100 2048 $((size / 2)) $((size - 2048)) gone; do
    rm -f "$CAB"/state/ledger.db*
    [ "$left" = gone ] || head -c "$left" "$TMP/good.db" >"$CAB/state/ledger.db"
    cp "$CAB/state/ledger.db" "$TMP/before" 2>/dev/null || : >"$TMP/before"
    expect_exit 10 timeout 20 "$BIN/sealsd" --config "$CAB/seals.toml"
    says ledger.db
    says "restore a backup"
    cmp -s "$TMP/before" "$CAB/state/ledger.db" || [ "$left" = gone ] || fail "what was left of $left bytes was changed"
    [ "$left" != gone ] || [ ! -e "$CAB/state/ledger.db" ] || fail "a new ledger was begun in silence"
done
# A folder without any trace of a ledger is a new cabinet.
rm -f "$CAB"/state/ledger.db* "$CAB"/state/search.db* "$CAB"/state/checkpoint.* "$CAB"/state/device.key
resume
expect_exit 0 ctl verify

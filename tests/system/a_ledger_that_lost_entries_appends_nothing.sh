#!/bin/bash
# A start that finds less than this device signed, or something else of the same length, or nothing:
# it says so with the sizes, exits 10, and writes not one byte into the ledger.
. "$(dirname "$0")/lib.sh"
stocked
state=$CAB/state
cabinet_down
cp "$state/ledger.db" "$TMP/old.db"
resume
expect_exit 0 ctl person import "$SEALS_SOURCE/tests/unit/intake/data/oa/people.csv"
expect_exit 0 ctl evidence checkpoint
cabinet_down
cp "$state/ledger.db" "$TMP/good.db"
entries() { sqlite3 "file:$1?immutable=1" 'SELECT count(*) FROM entry'; }
held=$(sed -n 2p "$state/checkpoint.signed")

# start_fails FILE: with that as the ledger sealsd does not start, and leaves it as it is.
start_fails() {
    rm -f "$state"/ledger.db*
    cp "$1" "$state/ledger.db"
    expect_exit 10 timeout 20 "$BIN/sealsd" --config "$CAB/seals.toml"
    cmp "$1" "$state/ledger.db" || fail "the ledger was written to"
    [ ! -s "$state/ledger.db-wal" ] || fail "something waits in its log"
}
start_fails "$TMP/old.db"
says "the ledger has $(entries "$TMP/old.db") entries, and this device once signed $held"
says "nothing was appended"
says "sealctl ledger restore"

# As it is while sealsd runs, with changes of the views still in their ring.
cp "$TMP/old.db" "$TMP/ring.db"
start_fails "$TMP/ring.db"

# As long, but another one: its own tree is whole.
cp "$TMP/old.db" "$TMP/other.db"
mkdir "$TMP/aside"
mv "$state"/checkpoint.* "$TMP/aside/"
rm -f "$state"/ledger.db*
cp "$TMP/other.db" "$state/ledger.db"
resume
sed 's/,员工,/,审计,/' "$SEALS_SOURCE/tests/unit/intake/data/oa/people.csv" >"$TMP/people.csv"
expect_exit 0 ctl person import "$TMP/people.csv"
while [ "$(ctl verify --json | jq .size)" -lt $((held + 5)) ]; do
    expect_exit 0 ctl alert heartbeat "job$RANDOM" --every 30m
done
cabinet_down
cp "$state/ledger.db" "$TMP/fork.db"
cp "$TMP"/aside/* "$state/"
start_fails "$TMP/fork.db"
says "are not those that this device once signed"

# Taken away: nothing new is begun in its place.
rm -f "$state"/ledger.db* "$state"/search.db*
expect_exit 10 timeout 20 "$BIN/sealsd" --config "$CAB/seals.toml"
says "the ledger is gone"
[ ! -e "$state/ledger.db" ] || fail "a new ledger was begun in silence"

# The right one goes on.
cp "$TMP/good.db" "$state/ledger.db"
resume
expect_exit 0 ctl verify

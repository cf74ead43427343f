#!/bin/bash
# sealctl ledger restore: a backup that has all that was signed takes the ledger's place; one that has
# less is refused, and goes on only with what is missing, or under a new origin that says so. Nothing
# is deleted. No way around: held files away, keys away, an altered or foreign file.
# seconds: 240
. "$(dirname "$0")/lib.sh"
stocked
state=$CAB/state
restore() { ctl ledger restore "$@" --config "$CAB/seals.toml"; }
entries() { sqlite3 "file:$1?immutable=1" 'SELECT count(*) FROM entry'; }
leaves() { sqlite3 "file:$1?immutable=1" "SELECT hex(leaf) FROM entry WHERE seq<=$2 ORDER BY seq" | sha256sum; }
# back_to FOLDER: all of [paths] state as it was then.
back_to() { rm -rf "$state" && cp -a "$1" "$state"; }

expect_exit 0 ctl evidence checkpoint --out "$TMP/early.note"
expect_exit 0 ctl ledger backup --json
early=$TMP/early.db
cp "$(json .path)" "$early"
expect_exit 7 restore "$early"
says "another sealsd"
expect_exit 0 ctl person import "$SEALS_SOURCE/tests/unit/intake/data/oa/people.csv"
expect_exit 0 ctl evidence key --json
cp "$OUT" "$TMP/key.json"
jq -r .key "$TMP/key.json" >"$TMP/old.vkey"
expect_exit 0 ctl evidence checkpoint --out "$TMP/old.note"
expect_exit 0 ctl evidence dump --out "$TMP/late.dump"
expect_exit 0 ctl ledger backup --json
late=$TMP/late.db
cp "$(json .path)" "$late"
cabinet_down
cp -a "$state" "$TMP/state"
whole=$(entries "$state/ledger.db")
held=$(sed -n 2p "$state/checkpoint.signed")

# Less than was signed: refused, with the sizes and both ways; nothing is touched.
expect_exit 5 restore "$early"
says "has $(entries "$early") entries"
says "--newer COPY"
says "--new-origin --basis TEXT"
cmp "$state/ledger.db" "$TMP/state/ledger.db" || fail "the ledger was touched"
[ ! -e "$state/restoring" ] || fail "something was left"
expect_exit 2 restore "$early" --new-origin
expect_exit 6 restore "$TMP/none.db"

# With a newer copy of the ledger: all of it again, byte for byte, under the same origin and key.
cp "$TMP/state/ledger.db" "$TMP/newest.db"
expect_exit 0 restore "$early" --newer "$late" --newer "$TMP/newest.db" --json
json_is .size "$whole"
json_is .new_origin false
json_is .held true
[ "$(leaves "$state/ledger.db" "$whole")" = "$(leaves "$TMP/state/ledger.db" "$whole")" ] || fail "other leaves"
cmp "$(json .replaced)/ledger.db" "$TMP/state/ledger.db" || fail "the old ledger is not kept"
resume
expect_exit 0 ctl verify
[ "$(ctl evidence key)" = "$(cat "$TMP/old.vkey")" ] || fail "another key"
expect_exit 0 ctl person show E1
says 赵一
cabinet_down

# With a dump: the same leaves, and it says what a dump has not. The ledger that lay there is gone.
back_to "$TMP/state"
rm -f "$state"/ledger.db* "$state"/search.db*
expect_exit 5 restore "$early" --newer "$TMP/late.dump"
says "with the newer copies has"
cp "$TMP/old.note" "$state/checkpoint.signed"
expect_exit 0 restore "$early" --newer "$TMP/late.dump"
says "which has no names"
size=$(entries "$state/ledger.db")
[ "$(leaves "$state/ledger.db" "$size")" = "$(leaves "$TMP/state/ledger.db" "$size")" ] || fail "other leaves from the dump"
resume
expect_exit 0 ctl verify
cabinet_down

# A copy that does not verify any more still gives the leaves that do.
back_to "$TMP/state"
rm -f "$state"/ledger.db* "$state"/search.db*
cp "$TMP/newest.db" "$TMP/worn.db"
sqlite3 "$TMP/worn.db" "DELETE FROM view WHERE kind='person'"
expect_exit 0 restore "$early" --newer "$TMP/worn.db" --json
json_is .size "$whole"
[ "$(json .appended)" -gt 0 ] || fail "nothing was appended"
resume
expect_exit 0 ctl verify
expect_exit 0 ctl person show E1
says 赵一
cabinet_down

# Under a new origin: the first entry after the kept ones says what was lost; a new key of the new
# name; what the old key signed is still right.
back_to "$TMP/state"
expect_exit 0 restore "$early" --new-origin --basis "disk of cab-1 died, decided by E1" --json
json_is .new_origin true
origin=$(json .origin)
case $origin in */e2/sim) ;; *) fail "the origin is $origin" ;; esac
resume
expect_exit 0 ctl verify
expect_exit 0 ctl status --json
json_is .origin "$origin"
kept=$(entries "$early")
events rollback | jq -se "length == 1 and (.[0] | .seq == $((kept + 1)) and .data.kept == $kept and .data.origin == \"$origin\" and .data.held_size >= $held)" >/dev/null ||
    fail "the entry says something else: $(events rollback)"
ctl evidence key >"$TMP/new.vkey"
grep -qF "$origin+" "$TMP/new.vkey" || fail "the key is $(cat "$TMP/new.vkey")"
ls "$state"/device.key.???????? >/dev/null || fail "the old key is gone"
expect_exit 0 ctl evidence checkpoint --out "$TMP/new.note"
expect_exit 0 ctl verify --checkpoint "$TMP/new.note" --key "$TMP/new.vkey"
expect_exit 0 ctl verify --offline --checkpoint "$TMP/old.note" --key "$TMP/old.vkey"
expect_exit 10 ctl verify --checkpoint "$TMP/old.note" --key "$TMP/old.vkey" # it counts what was lost
says "fewer than"
expect_exit 0 ctl verify --checkpoint "$TMP/early.note" --key "$TMP/old.vkey"
says "goes on under $origin"
expect_exit 10 ctl verify --checkpoint "$TMP/new.note" --key "$TMP/old.vkey"
expect_exit 0 ctl evidence dump --out "$TMP/again.dump"
expect_exit 0 ctl verify --dump "$TMP/again.dump" --checkpoint "$TMP/new.note" --key "$TMP/new.vkey"
expect_exit 0 ctl sim person auto
expect_exit 0 take YZ-2 REQ-2
expect_exit 0 ctl ledger backup --json
cp "$(json .path)" "$TMP/second.db"
# Also once it has grown past it.
for _ in 1 2; do expect_exit 0 ctl person import "$SEALS_SOURCE/tests/unit/intake/data/oa/people.csv"; done
expect_exit 10 ctl verify --checkpoint "$TMP/old.note" --key "$TMP/old.vkey"
says "without entries that this checkpoint counts"
cabinet_down
resume
expect_exit 0 ctl verify
cabinet_down
cp -a "$state" "$TMP/state2"

# Of the second origin a backup restores like any other; an older one begins the third, not the second again.
expect_exit 5 restore "$TMP/second.db"
expect_exit 0 restore "$TMP/second.db" --newer "$TMP/state2/ledger.db"
expect_exit 5 restore "$early"
expect_exit 0 restore "$early" --new-origin --basis "once more" --json
case $(json .origin) in */e3/sim) ;; *) fail "the origin is $(json .origin)" ;; esac
resume
expect_exit 0 ctl verify
cabinet_down

# An altered backup, also one whose hashes were worked out again, and another cabinet's.
back_to "$TMP/state"
cp "$late" "$TMP/altered.db"
sqlite3 "$TMP/altered.db" "UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'REQ-1', 'REQ-9') AS BLOB)"
expect_exit 10 restore "$TMP/altered.db"
says "does not verify"
head -c 20000 "$late" >"$TMP/cut.db"
expect_exit 10 restore "$TMP/cut.db"
head -c 20000 /dev/urandom >"$TMP/noise.db"
expect_exit 10 restore "$TMP/noise.db"
sed 's/^id = "cab-1"/id = "cab-other"/' "$CAB/seals.toml" >"$TMP/other.toml"
expect_exit 7 ctl ledger restore "$late" --config "$TMP/other.toml"
says "the ledger of"
cmp "$state/ledger.db" "$TMP/state/ledger.db" || fail "the ledger was touched"

# Held files away: told that nobody here can tell.
rm -f "$state"/checkpoint.* "$state"/ledger.db* "$state"/search.db*
expect_exit 0 restore "$early"
says "no checkpoint of it is held here"
resume
expect_exit 0 ctl verify

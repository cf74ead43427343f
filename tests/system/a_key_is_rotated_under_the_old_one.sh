#!/bin/bash
# Another key comes by two persons of two departments, is named in the ledger, and the tree that names
# it is signed by both keys: who trusts the old one learns the new one. A power cut in between ends in
# the new key, too; a key file that is gone or strange signs nothing, and custody goes on.
# seconds: 180
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
for pair in E1:甲 E2:甲 E3:乙; do
    api POST /v1/persons "{\"id\":\"${pair%:*}\",\"name\":\"某\",\"department\":\"${pair#*:}\",\"role\":\"custodian\"}" >/dev/null
done
key=$CAB/state/device.key
[ "$(stat -c %a "$key")" = 600 ] || fail "the key may be read by others"
ctl evidence key >old.vkey
expect_exit 0 ctl evidence checkpoint --out before
cp "$key" kept.key
printf 'E1 1111\nE2 2222\nE3 3333\n' >pins
rotate() { ctl evidence rotate-key --person E1 --second "$1" --basis 年度更换 --pin-file pins; }

expect_exit 5 rotate E2
expect_exit 0 ctl evidence key
says "$(cat old.vkey)"
expect_exit 0 rotate E3
ctl evidence key >new.vkey
cmp -s old.vkey new.vkey && fail "it is the same key"
[ "$(events key.rotated | jq -r .data.vkey)" = "$(cat new.vkey)" ] || fail "the ledger names another key"
[ "$(events key.rotated | jq -r .data.old)" = "$(cat old.vkey)" ] || fail "the ledger names another old key"
grep -rqF "$(cut -d+ -f5 kept.key)" "$CAB/log" "$CAB/state/ledger.db" && fail "the private key is in a log or the ledger"

both_signed() {
    sqlite3 -cmd ".timeout 5000" "$CAB/state/ledger.db" \
        "SELECT note FROM checkpoint WHERE length(note) - length(replace(note, '— ', '')) > 2 ORDER BY size LIMIT 1" | head -c -1 >both
    [ -s both ]
}
eventually 10 both_signed
offline() { ctl verify --offline "$@"; }
expect_exit 0 offline --checkpoint both --key old.vkey
expect_exit 0 offline --checkpoint both --key new.vkey
expect_exit 0 take YZ-2 REQ-2
expect_exit 0 give_back YZ-2
expect_exit 0 ctl evidence checkpoint --out after
expect_exit 0 offline --checkpoint after --key new.vkey
expect_exit 10 offline --checkpoint after --key old.vkey
[ "$(ls "$CAB"/state/device.key*)" = "$key" ] || fail "a key is left over: $(ls "$CAB/state")"
# From what the old key signed, to where both signed, to what the new one signed.
ctl evidence consistency before --out step1 --size "$(sed -n 2p both)"
expect_exit 0 offline --checkpoint before --key old.vkey --consistency step1
ctl evidence consistency both --out step2
expect_exit 0 offline --checkpoint both --key new.vkey --consistency step2
expect_exit 0 ctl verify

# The power goes after the entry, before the file is in its place.
cabinet_down
mv "$key" "$key.next" && cp kept.key "$key"
resume
eventually 10 test ! -e "$key.next"
ctl evidence key | cmp -s - new.vkey || fail "the new key is not in force"
expect_exit 0 ctl evidence checkpoint --out after
expect_exit 0 offline --checkpoint after --key new.vkey

# The old key's file again: nothing is signed with it, and a visit goes on.
cabinet_down
cp kept.key "$key"
resume
expect_exit 1 ctl status
says "not the key that the ledger names"
expect_exit 0 take YZ-1 REQ-1
expect_exit 0 give_back YZ-1
expect_exit 8 ctl evidence export --request REQ-1 --out none.zip

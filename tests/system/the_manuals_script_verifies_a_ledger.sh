#!/bin/bash
# The script of seals-ledger(7), which has nothing of ours, comes to the same size and root as
# sealctl verify, and finds an altered entry and an altered text.
. "$(dirname "$0")/lib.sh"
stocked
mandoc -T utf8 -O width=200 "$SEALS_SOURCE/man/seals-ledger.7" | sed 's/.\x08//g' |
    awk '/#!\/bin\/bash/ {on = 1} on {print} / base64$/ {on = 0}' >verify.sh

# The ledger may grow between the two.
agrees() {
    expect_exit 0 ctl verify --json
    local want
    want="size $(json .size), root $(json .root)"
    expect_exit 0 bash verify.sh "$CAB/state/ledger.db"
    says "$want"
}
eventually 60 agrees

altered() {
    sqlite3 "$CAB/state/ledger.db" "VACUUM INTO '$TMP/$1.db'"
    sqlite3 "$TMP/$1.db" "$2"
}
altered leaf "UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), ':1}', ':2}') AS BLOB) WHERE seq = 7"
expect_exit 1 bash verify.sh leaf.db
says "entry 7: hash"
altered text "UPDATE personal SET text = '李四' WHERE field = 'name' AND seq = (SELECT min(seq) FROM personal)"
expect_exit 0 bash verify.sh text.db
says "name is not what the leaf commits to"

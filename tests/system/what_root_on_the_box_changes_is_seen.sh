#!/bin/bash
# Every kind of edit that somebody with root can make to a ledger that is not open is seen: by the
# start, by verification, by the checkpoint beside the ledger, or by what somebody outside has kept;
# and what is found names the first entry that is wrong.
# seconds: 240
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
for n in 1 2 3; do
    expect_exit 0 take YZ-$n REQ-$n
    expect_exit 0 give_back YZ-$n
done
ctl evidence key >pinned.vkey
ctl evidence checkpoint --out receipt >/dev/null
cabinet_down
cp -r "$CAB/state" clean

# attack KIND [keep-held]: on a fresh copy; without the files beside the ledger unless they are kept.
attack() {
    rm -rf "$CAB/state" && cp -r clean "$CAB/state"
    read -r BAD SIZE < <(python3 "$SEALS_SOURCE/tests/system/root_attacker.py" "$CAB/state/ledger.db" "$1") ||
        fail "the attack $1 did not work"
    [ "${2-}" = keep-held ] || rm -f "$CAB"/state/checkpoint.*
}
starts() { QUIET=1 "$SEALS_SOURCE/scripts/demo-up" "$CAB" >"$OUT" 2>"$ERR"; }
# refused_at_start WORDS: sealsd does not run on it, says why, and has appended nothing.
refused_at_start() {
    local before
    before=$(sqlite3 -cmd ".timeout 5000" "$CAB/state/ledger.db" "SELECT count(*) FROM entry")
    if starts; then fail "sealsd runs on it"; fi
    grep -qF -- "$1" "$CAB/log/sealsd.log" || fail "nothing says \"$1\": $(tail -3 "$CAB/log/sealsd.log")"
    [ "$(sqlite3 -cmd ".timeout 5000" "$CAB/state/ledger.db" "SELECT count(*) FROM entry")" = "$before" ] || fail "something was appended"
    "$SEALS_SOURCE/scripts/demo-down" "$CAB" >/dev/null 2>&1
    : >"$CAB/log/sealsd.log"
}
# found_at SEQ WORDS: it starts, and verification names that entry.
found_at() {
    starts || fail "sealsd does not run: $(tail -3 "$CAB/log/sealsd.log")"
    expect_exit 10 ctl verify --json
    json_is .first_bad.seq "$1"
    says "$2"
    cabinet_down
}

# The ledger is short: its start looks at all of it, so an edit is seen there already.
attack edit && refused_at_start "entry $BAD: the stored hash is not that of the stored bytes"
attack hash && refused_at_start "do not give the stored root of the tree"
attack gap && refused_at_start "entry $BAD: the entry is missing"
attack renumber && refused_at_start "entry"
attack text && found_at "$(sqlite3 clean/ledger.db "SELECT min(seq) FROM personal WHERE field='title'")" "title"
attack view && found_at 0 "YZ-4"

# Worked out again to the root: only what was signed still knows.
attack tree keep-held && refused_at_start "are not those that this device once signed"
attack tree && {
    starts || fail "sealsd does not run: $(tail -3 "$CAB/log/sealsd.log")"
    expect_exit 10 ctl verify --json
    says "a checkpoint signed over them has another root"
    [ "$(json .first_bad.seq)" -ge "$BAD" ] || fail "it names an entry before the one that is wrong"
    expect_exit 10 ctl verify --checkpoint receipt --key pinned.vkey
    cabinet_down
}
attack truncate keep-held && refused_at_start "rolled back"
attack truncate && {
    starts || fail "sealsd does not run: $(tail -3 "$CAB/log/sealsd.log")"
    expect_exit 10 ctl verify --json
    says "a checkpoint"
    cabinet_down
}
# And with every trace of that on the box gone: who has a receipt still knows.
attack forget && {
    starts || fail "sealsd does not run: $(tail -3 "$CAB/log/sealsd.log")"
    expect_exit 10 ctl verify --checkpoint receipt --key pinned.vkey
    cabinet_down
}

# Another key: nothing more is signed, and what it signs opens with no key that was pinned.
attack view && rm "$CAB/state/device.key" && {
    starts || fail "sealsd does not run without its key"
    expect_exit 1 ctl status
    says "nothing is signed"
    expect_exit 0 take YZ-4 REQ-4
    expect_exit 0 give_back YZ-4
    cabinet_down
}

#!/bin/bash
# sealctl ledger backup while seals go out: the copy is verified, readable by its owner only, on
# record; custody does not wait for it; the newest ones stay; one that is killed or fails leaves no
# half file under a backup's name.
# seconds: 180
. "$(dirname "$0")/lib.sh"
stocked
dir=$CAB/state/backups

expect_exit 0 ctl ledger backup --json
path=$(json .path) sha=$(json .sha256) size=$(json .size) root=$(json .root) seq=$(json .seq)
[ "$(stat -c %a "$path")" = 600 ] && [ "$(stat -c %a "$dir")" = 700 ] || fail "others may read $path"
[ "$(sha256sum <"$path" | cut -d' ' -f1)" = "$sha" ] || fail "another sha256"
[ "$(sqlite3 "file:$path?immutable=1" 'SELECT count(*) FROM entry')" = "$size" ] || fail "not $size entries"
[ "$(sqlite3 "file:$path?immutable=1" 'PRAGMA integrity_check')" = ok ] || fail "no whole database"
[ ! -e "$path-wal" ] || fail "it is not one file"
case $path in "$dir"/ledger-*-*Z.db) ;; *) fail "its name is $path" ;; esac
expect_exit 0 ctl evidence checkpoint --size "$size"
says "$root"
events backup.done | jq -se ".[0].data | .sha256 == \"$sha\" and .size == $size and .root == \"$root\"" >/dev/null ||
    fail "the entry does not say so"
[ "$(events backup.done | jq .seq)" = "$seq" ] || fail "another entry"

# --out: for whoever may read it, and never over what is there.
expect_exit 0 ctl ledger backup --out "$TMP/copy.db"
says "device.key"
[ "$(stat -c %a "$TMP/copy.db")" = 600 ] || fail "others may read the copy"
[ "$(sqlite3 "file:$TMP/copy.db?immutable=1" 'PRAGMA integrity_check')" = ok ] || fail "no whole copy"
expect_exit 8 ctl ledger backup --out "$TMP/none/copy.db"
says "the backup was made and is in $dir"

# While one is made again and again, each take and return is served.
(while [ ! -e "$TMP/enough" ]; do ctl ledger backup >/dev/null 2>&1 || :; done) &
expect_exit 0 ctl sim person auto
for _ in 1 2 3 4; do
    expect_exit 0 take YZ-1 REQ-1 --json
    eventually 10 no_sessions
    expect_exit 0 give_back YZ-1 --json
    eventually 10 no_sessions
done
touch "$TMP/enough"
wait
every_pulse_was_granted
[ "$(ls "$dir" | wc -l)" -le 7 ] || fail "more than [backup] keep: $(ls "$dir")"

# Fewer from now on.
printf '[backup]\nkeep = 2\n' >>"$CAB/seals.toml"
before=$(grep -c 'configuration' "$CAB/log/sealsd.log")
kill -HUP "$(program_pid sealsd)"
eventually 5 configured_since "$before"
expect_exit 0 ctl ledger backup --json
newest=$(json .path)
[ "$(ls "$dir" | wc -l)" = 2 ] && [ -e "$newest" ] || fail "not the newest two: $(ls "$dir")"

# Killed in the middle: no half file has a backup's name, and the next start clears up.
for wait in 0.01 0.03 0.06 0.1 0.2; do
    ctl ledger backup >/dev/null 2>&1 &
    sleep $wait
    kill_program sealsd
    wait
    for file in "$dir"/ledger-*.db; do
        [ "$(sqlite3 "file:$file?immutable=1" 'PRAGMA integrity_check')" = ok ] || fail "$file is half"
    done
    resume
done
nothing_left() { ! ls "$dir" | grep -q part; }
eventually 5 nothing_left

# One that fails says why.
mv "$dir" "$TMP/backups"
touch "$dir"
expect_exit 8 ctl ledger backup
says backups
rm "$dir"
expect_exit 0 ctl ledger backup
expect_exit 0 ctl verify

#!/bin/bash
# Where the journal reads sealsd, an alert is an entry of it with its MESSAGE_ID, its priority and its
# fields; where the journal is gone, it is a line as ever. A datagram socket stands in for the journal,
# in a mount namespace of our own.
if [ -z "${INSIDE:-}" ]; then
    for flags in -m -rm; do
        unshare $flags true 2>/dev/null && exec env INSIDE=1 unshare $flags bash "$0"
    done
    echo "no mount namespace here"
    exit 77
fi
. "$(dirname "$0")/lib.sh"
mount -t tmpfs none /run && mkdir -p /run/systemd/journal || fail "/run of our own"
stocked
cabinet_down
# shellcheck disable=SC2016  # perl's own variables
perl -MSocket -e '
    socket(my $journal, AF_UNIX, SOCK_DGRAM, 0) or die $!;
    bind($journal, sockaddr_un($ARGV[0])) or die $!;
    open(my $out, ">>", $ARGV[1]) or die $!;
    while (defined recv($journal, my $entry, 65536, 0)) { syswrite($out, "$entry\n") }
' /run/systemd/journal/socket "$TMP/journal" &
journal=$!
eventually 5 test -S /run/systemd/journal/socket
log=$CAB/log/sealsd.log
: >"$log"
JOURNAL_STREAM=$(stat -c '%d:%i' "$log")
export JOURNAL_STREAM
resume
unset JOURNAL_STREAM
force() { # SLOT
    ctl sim open "$1" >/dev/null
    eventually 5 eval "events slot.forced | jq -e 'select(.data.slot == \"$1\")'"
}
force 4
eventually 5 grep -q SEALS_TYPE=slot_forced "$TMP/journal"
awk -v RS= '/SEALS_TYPE=slot_forced/' "$TMP/journal" >"$OUT"
id=$(sed -n 's/^-- \([0-9a-f]*\)$/\1/p' "$SEALS_SOURCE/systemd/seals.catalog" | head -n 1)
for field in "MESSAGE_ID=$id" PRIORITY=2 COMPONENT=alert SYSLOG_IDENTIFIER=sealsd SEALS_SLOT=4 SEALS_SEAL=YZ-4 \
    "SEALS_SEQ=$(events alert.raised | jq .seq)" "SEALS_ALERT=$(events alert.raised | jq -r .data.id)"; do
    grep -qx -- "$field" "$OUT" || fail "no $field in: $(cat "$OUT")"
done
grep -q '^MESSAGE=alert: door opened by force' "$OUT" || fail "no message"
[ ! -s "$log" ] || fail "what the journal took is in the file as well"
# Other lines have their fields, too.
grep -qx 'SEALS_ORIGIN=demo.example/cab-1/sim' "$TMP/journal" || fail "a line without its fields"

kill "$journal"
wait "$journal" 2>/dev/null
force 3
eventually 5 grep -q '^<2>alert: door opened by force .*slot=3' "$log"
expect_exit 0 ctl verify

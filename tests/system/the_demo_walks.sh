# The demo ends well, shows each command before its answer, and leaves nothing running.
. "$SEALS_SOURCE/tests/system/lib.sh"

export DEMO_HOME=$TMP
expect_exit 0 "$SEALS_SOURCE/scripts/demo"
grep -q '^\$ sealctl verify$' "$OUT" || fail "no command is shown as it can be typed"
says "R01"                         # the refusal names its rule
grep -q 'quarantined' "$OUT" || fail "the forged seal is not in quarantine"
for program in sealsd sealsd-bolt sealsd-sim; do
    [ ! -e "$TMP/run/$program.pid" ] || fail "$program was left running"
done
[ ! -S "$TMP/run/api.sock" ] || expect_exit 8 "$BIN/sealctl" --socket "$TMP/run/api.sock" status

# Played again, it starts from an empty ledger; what no demo made, it does not touch.
expect_exit 0 "$SEALS_SOURCE/scripts/demo"
rm "$TMP/run/.demo"
expect_exit 1 "$SEALS_SOURCE/scripts/demo"
says "no demo made it"

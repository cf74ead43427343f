#!/bin/bash
# kill -9 at any moment of a restore: what lies there is the old ledger or the new one, never half of
# either; a start or another restore finishes what was begun.
# seconds: 240
. "$(dirname "$0")/lib.sh"
stocked
state=$CAB/state
expect_exit 0 ctl ledger backup --json
cp "$(json .path)" "$TMP/early.db"
expect_exit 0 ctl person import "$SEALS_SOURCE/tests/unit/intake/data/oa/people.csv"
cabinet_down
cp -a "$state" "$TMP/state"
restore=("$BIN/sealsd" --config "$CAB/seals.toml" --restore "$TMP/early.db" --new-origin --basis "tried")

# How long one takes here, so that the kills fall into it.
begin=$(date +%s%N)
"${restore[@]}" >/dev/null || fail "no restore"
took=$((($(date +%s%N) - begin) / 1000))
old=0 new=0
for n in $(seq 1 40); do
    rm -rf "$state"
    cp -a "$TMP/state" "$state"
    "${restore[@]}" >/dev/null 2>&1 &
    pid=$!
    # The last third of it is where things are moved.
    sleep "$(awk -v n="$n" -v t="$took" 'BEGIN { printf "%.6f", t / 1e6 * (0.3 + 0.8 * n / 40) }')"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    if [ -e "$state/restore.placing" ]; then
        timeout 20 "$BIN/sealsd" --config "$CAB/seals.toml" --restore "$TMP/none.db" >/dev/null 2>&1  # finishes first
        [ ! -e "$state/restore.placing" ] || fail "it was not finished"
    fi
    count=$(sqlite3 "$state/ledger.db" "SELECT count(*) FROM entry WHERE CAST(leaf AS TEXT) LIKE '%\"type\":\"rollback\"%'")
    if [ "$count" = 1 ]; then
        new=$((new + 1))
        ls "$state"/replaced-*/ledger.db >/dev/null || fail "the old ledger is gone"
        [ ! -e "$state/checkpoint.signed" ] || fail "a checkpoint of the old origin stayed"
        [ ! -e "$state/device.key" ] || fail "the key of the old origin stayed"
    else
        old=$((old + 1))
        cmp "$state/checkpoint.signed" "$TMP/state/checkpoint.signed" || fail "the held checkpoint changed"
        cmp "$state/device.key" "$TMP/state/device.key" || fail "the key changed"
    fi
    [ $((n % 10)) -ne 0 ] || { resume; expect_exit 0 ctl verify; cabinet_down; }
done
[ $old -gt 0 ] && [ $new -gt 0 ] || fail "the kills fell beside it: $old old, $new new"
echo "killed 40 times: $old times the old ledger, $new times the new one"

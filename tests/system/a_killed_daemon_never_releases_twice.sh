#!/bin/bash
# seconds: 240
# alone
# needs: release
# kill -9 of sealsd at 40 moments of a take and of a return: every pulse had its own durable order,
# nothing recorded is lost, and the seal's place is known again without anybody's help.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
: >"$TMP/prefixes"

settled() {
    case $(custody YZ-1) in in_slot | in_hand) ;; *) return 1 ;; esac
    no_sessions
}
last_seq() { ctl status --json | jq .ledger_size; }

for ((i = 0; i < 80; ++i)); do
    base=$(last_seq)
    if [ "$(custody YZ-1)" = in_slot ]; then kind=take; else kind=return; fi
    if [ $kind = take ]; then take YZ-1 REQ-1 >/dev/null 2>&1 & else give_back YZ-1 >/dev/null 2>&1 & fi
    client=$!
    sleep "$(printf '0.%03d' $((10 + (i / 2) * 11)))"
    kill_program sealsd
    kill $client 2>/dev/null  # it would wait for the daemon to come back
    size=$(sqlite3 "$CAB/state/ledger.db" 'SELECT max(seq) FROM entry')
    [ "$size" -ge "$base" ] || fail "entries were lost: $size after $base"
    echo "$kind $((size - base))" >>"$TMP/prefixes"
    resume
    eventually 20 settled
    sleep 0.15
done
distinct=$(sort -u "$TMP/prefixes" | wc -l)
[ "$distinct" -ge 10 ] || fail "only $distinct distinct ledger prefixes were hit: $(sort "$TMP/prefixes" | uniq -c)"
every_pulse_was_granted
[ "$(events slot.unlock_cmd | jq -r .data.nonce | sort | uniq -d | wc -l)" = 0 ] || fail "a nonce was used twice"
expect_exit 0 ctl verify
echo "$distinct distinct ledger prefixes"

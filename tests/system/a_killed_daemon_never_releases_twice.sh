#!/bin/bash
# seconds: 400
# alone
# needs: release
# kill -9 of sealsd at 40 moments spread over a take and over a return: every pulse had its own durable order,
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
hit() { sort -u "$TMP/prefixes" | wc -l; }

# visit: a take where the seal lies in its slot, a return where it does not; kind says which.
visit() {
    if [ "$(custody YZ-1)" = in_slot ]; then kind=take; else kind=return; fi
    if [ $kind = take ]; then take YZ-1 REQ-1 >/dev/null 2>&1; else give_back YZ-1 >/dev/null 2>&1; fi
}
# How long a visit lasts on this machine: the moments are spread over that, and a little beyond.
began=$(date +%s%3N)
visit
visit
lasts=$((($(date +%s%3N) - began) / 2))

for ((i = 0; i < 80 || (i < 160 && $(hit) < 10); ++i)); do
    base=$(last_seq)
    if [ "$(custody YZ-1)" = in_slot ]; then kind=take; else kind=return; fi
    # Past the eightieth the moments lie between those of before.
    after=$(((i < 80 ? i / 2 : (i - 80) / 2) * lasts * 11 / 400 + (i < 80 ? 0 : lasts / 80)))
    if [ $kind = take ]; then take YZ-1 REQ-1 >/dev/null 2>&1 & else give_back YZ-1 >/dev/null 2>&1 & fi
    client=$!
    sleep "$(printf '%d.%03d' $((after / 1000)) $((after % 1000)))"
    kill_program sealsd
    kill $client 2>/dev/null  # it would wait for the daemon to come back
    size=$(sqlite3 "$CAB/state/ledger.db" 'SELECT max(seq) FROM entry')
    [ "$size" -ge "$base" ] || fail "entries were lost: $size after $base"
    echo "$kind $((size - base))" >>"$TMP/prefixes"
    resume
    eventually 20 settled
    sleep 0.15
done
distinct=$(hit)
[ "$distinct" -ge 10 ] || fail "only $distinct distinct ledger prefixes were hit: $(sort "$TMP/prefixes" | uniq -c)"
every_pulse_was_granted
[ "$(events slot.unlock_cmd | jq -r .data.nonce | sort | uniq -d | wc -l)" = 0 ] || fail "a nonce was used twice"
expect_exit 0 ctl verify
echo "$distinct distinct ledger prefixes in $i kills, a visit lasts $lasts ms"

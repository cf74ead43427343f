#!/bin/bash
# needs: release
# SIGTERM while a command is on its way to the disk: it is recorded, its client is told, and only
# then does sealsd end; who has no question open does not hold it up.
. "$(dirname "$0")/lib.sh"
stocked_on_test_disk
disk 'sync_ms 700'
# A follower, and a client that says nothing, are no reason to stay.
curl -sN --unix-socket "$CAB/api.sock" 'http://seals/v1/events?follow=1' >"$TMP/followed" 2>/dev/null &
nc -U "$CAB/api.sock" </dev/zero >/dev/null 2>&1 &
pid=$(program_pid sealsd)
for n in 1 2 3 4; do
    curl -sS -o "$TMP/answer$n" -w '%{http_code}' --unix-socket "$CAB/api.sock" -H 'Content-Type: application/json' \
        -d "{\"id\":\"P$n\",\"name\":\"周$n\"}" http://seals/v1/persons >"$TMP/code$n" 2>/dev/null &
    clients+=($!)
done
sleep 0.3
kill -TERM "$pid"
began=$SECONDS
wait "${clients[@]}"
for n in 1 2 3 4; do
    [ "$(cat "$TMP/code$n")" = 200 ] || fail "client $n was answered $(cat "$TMP/code$n"): $(cat "$TMP/answer$n")"
    jq -e .seq "$TMP/answer$n" >/dev/null || fail "client $n was told no seq"
done
eventually 8 eval "! kill -0 $pid"
[ $((SECONDS - began)) -lt 8 ] || fail "the end took $((SECONDS - began)) s"
cabinet_up
for n in 1 2 3 4; do expect_exit 0 ctl person show P$n; done
events system.shutdown | tail -1 | jq -e . >/dev/null || fail "the orderly end is not recorded"
expect_exit 0 ctl verify

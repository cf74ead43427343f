#!/bin/bash
# kill -9 of sealsd-bolt during a pulse: its guard idles the line, and nothing fires a second time.
. "$(dirname "$0")/lib.sh"
stocked
for i in 1 2 3; do
    take YZ-1 REQ-1 >/dev/null 2>&1 &
    client=$!
    sleep "0.$((i * 7 + 5))"
    kill_program sealsd-bolt
    wait $client
    resume
    free() { ctl status --json | jq -e '.counts.sessions == 0 and ([.parts[] | select(.part == "locks")][0].state == "ok")'; }
    eventually 40 free
    sleep 0.3
done
longest=$(ctl sim trace --json | jq '[if type == "array" then .[] else .items[] end | .active_ms] | max // 0')
[ "${longest%.*}" -le 800 ] || fail "a line was active for $longest ms"
every_pulse_was_granted

#!/bin/bash
# SIGSTOP of sealsd-bolt with an order queued: the client is told that nobody knows, the slot is
# frozen, and when bolt runs again nothing fires; door and tag settle what became of it.
. "$(dirname "$0")/lib.sh"
stocked
before=$(pulses)
kill -STOP "$(program_pid sealsd-bolt)"
expect_exit 9 take YZ-1 REQ-1
says unknown
expect_exit 5 take YZ-1 REQ-1
kill -CONT "$(program_pid sealsd-bolt)"
sleep 1.5
[ "$(pulses)" = "$before" ] || fail "a line fired late"
free() { [ "$(ctl status --json | jq .counts.sessions)" = 0 ]; }
eventually 15 free
[ "$(custody YZ-1)" = in_slot ] || fail "the seal is $(custody YZ-1)"
[ "$(count_events session.unknown)" = 1 ] || fail "no unknown outcome was recorded"
every_pulse_was_granted

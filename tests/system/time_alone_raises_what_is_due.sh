#!/bin/bash
# seconds: 180
# A loan that is overdue, a job that is silent: told when it is time and not before, a stepped clock too.
. "$(dirname "$0")/lib.sh"
stocked
due=$(date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%SZ)
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
expect_api 200 POST /v1/requests \
    "{\"source\":\"oa\",\"external_id\":\"OUT-1\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"x\",\"take_out\":{\"place\":\"法院\",\"due\":\"$due\"},\"lines\":[{\"seal\":\"YZ-1\",\"copies\":1}]}"
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 OUT-1
expect_exit 2 ctl alert heartbeat backup --every soon
expect_exit 6 ctl alert heartbeat backup --every 0
expect_exit 3 ctl alert heartbeat backup --every 5s
expect_exit 0 ctl alert heartbeat backup --every 30m
expect_exit 0 ctl alert heartbeat count --every 7d
standing() { ctl alert list --type "$1" --json | jq -e ".items | length == ${2:-1}"; }
ctl sim clock +2400 >/dev/null # 40 minutes
eventually 5 standing clock_step
sleep 6 # time is looked at every five seconds
standing overdue 0 >/dev/null || fail "overdue before it is due"
standing cron_silent 0 >/dev/null || fail "silent before its period and a half"
ctl sim clock +3600 >/dev/null # 100 minutes
eventually 12 standing overdue
eventually 12 standing cron_silent
ctl alert list --type cron_silent --json >"$OUT"
json_is '.items[0].about' backup
ctl alert list --type overdue --json >"$OUT"
json_is '.items[0].person' E2
json_is '.items[0].seal' YZ-1
ctl sim clock +90000 >/dev/null # the next day and more
eventually 12 standing presumed_lost
expect_exit 0 give_back YZ-1
before=$(count_events alert.repeated)
ctl sim clock +172800 >/dev/null
sleep 6
ctl alert list --type overdue --json >"$OUT"
[ "$(count_events alert.repeated)" = "$before" ] || fail "told of a seal that is back"
expect_exit 0 ctl alert heartbeat backup --every 0
expect_exit 0 ctl verify

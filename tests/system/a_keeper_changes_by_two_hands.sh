#!/bin/bash
# Handover as people do it: for a time, in an absence, for good; half done it changes nothing, and
# for good only after somebody else has counted blind.
. "$(dirname "$0")/lib.sh"
stocked
expect_api 200 POST /v1/persons '{"id":"E4","name":"李四","role":"custodian"}'
expect_api 200 POST /v1/persons/E4/pin '{"pin":"4444"}'
expect_api 200 POST /v1/seals '{"id":"YZ-5","name":"财务专用章","type":"finance","slot":"5","custodians":["E4"],"state":"active"}'
keepers() { ctl seal show "$1" --json | jq -c .custodians; }
id_of() { jq -r .id "$OUT"; }
tomorrow=$(date -d tomorrow +%F)

# For a time: the receiver accepts with his PIN, and the clock gives it back.
expect_exit 5 ctl handover offer YZ-1 --from E2 --to E3 --until "$tomorrow" --pin-file "$(pin 2222)"
says R27
expect_exit 0 ctl handover offer YZ-1 --from E1 --to E3 --until "$tomorrow" --pin-file "$(pin 1111)" --json
id=$(id_of)
[ "$(keepers YZ-1)" = '["E1"]' ] || fail "an offer alone changed the keeper"
expect_exit 5 ctl handover accept "$id" --person E2 --pin-file "$(pin 2222)"
says R27
expect_exit 5 ctl handover accept "$id" --person E3 --pin-file "$(pin 1111)"
says R06
expect_exit 0 ctl handover accept "$id" --person E3 --pin-file "$(pin 3333)"
[ "$(keepers YZ-1)" = '["E3"]' ] || fail "the receiver does not keep it"
expect_exit 0 ctl handover show "$id" --lang zh_CN
says 印章交接单
says '孙三(E3)'
# Killed in between: what was accepted stands.
kill_program sealsd
resume
[ "$(keepers YZ-1)" = '["E3"]' ] || fail "an accepted handover does not outlive a kill"
ctl sim clock +172800 >/dev/null
back() { [ "$(keepers YZ-1)" = '["E1"]' ]; }
eventually 15 back
[ "$(ctl handover show "$id" --json | jq -r .state)" = done ] || fail "an ended handover is not done"
ctl sim clock -172800 >/dev/null

# In an absence a third custodian starts it; the absent one cannot.
later=$(date -d '+10 days' +%F)
expect_exit 5 ctl handover absent E1 --to E3 --until "$later" --by E1 --pin-file "$(pin 1111)"
expect_exit 0 ctl handover absent E1 --to E3 --until "$later" --by E4 --pin-file "$(pin 4444)" --json
id=$(id_of)
expect_exit 0 ctl handover refuse "$id" --person E3 --reason 出差 --pin-file "$(pin 3333)"
[ "$(keepers YZ-2)" = '["E1"]' ] || fail "a refused handover changed the keeper"

# For good: only after a blind count by another than the giver.
expect_exit 0 ctl handover offer YZ-2 YZ-3 --from E1 --to E3 --pin-file "$(pin 1111)" --json
id=$(id_of)
expect_exit 5 ctl handover offer YZ-2 --from E1 --to E2 --pin-file "$(pin 1111)"
expect_exit 5 ctl handover accept "$id" --person E3 --pin-file "$(pin 3333)"
says R28
printf 'slot,seal\n1,YZ-1\n2,YZ-2\n3,\n4,YZ-4\n5,YZ-5\n6,\n7,\n8,\n' >"$TMP/wrong.csv"
expect_exit 1 ctl inventory --person E3 --blind "$TMP/wrong.csv" --pin-file "$(pin 3333)"
expect_exit 5 ctl handover accept "$id" --person E3 --pin-file "$(pin 3333)"
says YZ-3
printf 'slot,seal\n1,YZ-1\n2,YZ-2\n3,YZ-3\n4,YZ-4\n5,YZ-5\n6,\n7,\n8,\n' >"$TMP/right.csv"
expect_exit 0 ctl inventory --person E3 --blind "$TMP/right.csv" --pin-file "$(pin 3333)"
expect_exit 0 ctl handover accept "$id" --person E3 --pin-file "$(pin 3333)"
[ "$(keepers YZ-2)$(keepers YZ-3)" = '["E3"]["E3"]' ] || fail "the change for good did not come"
[ "$(keepers YZ-4)" = '["E1"]' ] || fail "a seal that was not handed over changed"

# Somebody who leaves while he keeps seals is told.
expect_api 200 POST /v1/persons '{"id":"E4","name":"李四","role":"custodian","active":false}'
told() { ctl alert list --json | jq -e '[.items[].type] | index("leaver_holding")'; }
eventually 15 told
expect_exit 0 ctl verify

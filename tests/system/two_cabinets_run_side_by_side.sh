# Two simulated cabinets know nothing of each other; one stops and the other goes on.
. "$SEALS_SOURCE/tests/system/lib.sh"

cabinet_up 3 "$TMP/one"
cabinet_up 5 "$TMP/two"
CAB=$TMP/one
expect_exit 0 ctl person import "$SEALS_SOURCE/examples/oa/people.csv"
expect_exit 0 ctl status --json
json_is .slots 3
json_is .counts.persons 8
json_is .simulated true
CAB=$TMP/two
expect_exit 0 ctl status --json
json_is .slots 5
json_is .counts.persons 0
cabinet_down "$TMP/one"
expect_exit 0 ctl status
CAB=$TMP/one
expect_exit 8 ctl status

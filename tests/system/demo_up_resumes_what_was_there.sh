# demo-down keeps the cabinet's memory, demo-up resumes it; each is harmless when there is nothing to do.
. "$SEALS_SOURCE/tests/system/lib.sh"

cabinet_down                       # nothing there yet
cabinet_up 2
cp "$CAB/seals.toml" "$TMP/config"
expect_exit 0 ctl person import "$SEALS_SOURCE/examples/oa/people.csv"
pid=$(program_pid sealsd)
cabinet_up 2                       # running already: it is left alone
[ "$(program_pid sealsd)" = "$pid" ] || fail "sealsd was started again"
cabinet_down
cabinet_down
expect_exit 8 ctl status
cabinet_up 7                       # resumed: its two slots stay two
cmp -s "$CAB/seals.toml" "$TMP/config" || fail "the configuration was written anew"
expect_exit 0 ctl status --json
json_is .slots 2
json_is .counts.persons 8
expect_exit 0 ctl verify

# A program that does not listen is killed, and the next start copes.
kill -STOP "$(program_pid sealsd)"
export STOP_SECONDS=1
cabinet_down
cabinet_up
expect_exit 0 ctl status

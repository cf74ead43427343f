#!/bin/bash
# Hours, two persons, limits, separation: each refuses by its rule, each can be explained, a policy
# that loosens is told before it is loaded, and one with an unknown key never is.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
printf 'E2 2222\nE3 3333\n' >"$TMP/pins"
for n in 2 3; do
    expect_api 200 POST /v1/persons "{\"id\":\"E$n\",\"name\":\"n$n\",\"department\":\"d$n\"}"
done
reload() {
    local before
    before=$(grep -c 'configuration' "$CAB/log/sealsd.log")
    kill -HUP "$(program_pid sealsd)"
    eventually 5 more_lines "$before"
}
more_lines() { [ "$(grep -c 'configuration' "$CAB/log/sealsd.log")" -gt "$1" ]; }
cp "$CAB/seals.toml" "$TMP/first.toml"

cp "$TMP/first.toml" "$TMP/next.toml"
cat >>"$TMP/next.toml" <<'TOML'
[control]
two_person_types = ["contract"]
max_held = 1
TOML
expect_exit 0 ctl policy check "$TMP/next.toml"
says tighter
cp "$TMP/next.toml" "$CAB/seals.toml"
reload
expect_exit 1 ctl policy check "$TMP/first.toml"
says looser

expect_exit 5 take YZ-1 REQ-1
says R20
expect_exit 1 ctl policy explain --seal YZ-1 --person E2 --request REQ-1
says R20
seq=$(events take.refused | tail -n 1 | jq .seq)
expect_exit 1 ctl policy explain "$seq"
says R20
says "$(ctl policy show --json | jq -r .sha256)"
expect_exit 0 ctl take YZ-1 --request REQ-1 --person E2 --second E3 --pin-file "$TMP/pins"
expect_exit 5 ctl take YZ-2 --request REQ-2 --person E2 --second E3 --pin-file "$TMP/pins"
says R22
expect_exit 0 give_back YZ-1
expect_exit 0 ctl policy explain --seal YZ-2 --person E2 --second E3 --request REQ-2

# A looser policy is taken, on record, and told in the log by its keys.
cp "$TMP/first.toml" "$CAB/seals.toml"
reload
grep -q 'the policy is looser now.*control.max_held' "$CAB/log/sealsd.log" || fail "loosened limits are not told"
grep -q 'the policy is looser now.*control.two_person_types' "$CAB/log/sealsd.log" || fail "loosened limits are not told"

# Closed all day but for one minute that is not now.
cp "$TMP/first.toml" "$TMP/closed.toml"
hour=$(TZ=Asia/Shanghai date +%H)
from=$(printf '%02d:00' $(((10#$hour + 2) % 23)))
printf '[calendar]\nfrom = "%s"\nto = "%s:59"\n' "$from" "${from%%:*}" >>"$TMP/closed.toml"
cp "$TMP/closed.toml" "$CAB/seals.toml"
reload
expect_exit 5 take YZ-1 REQ-1
says R21

# An unknown rule, a syntax error: refused with file and line, the last good one stays.
for wrong in '[control]\nno_such_rule = 1' '[calendar\n' '[control]\nmax_held = -1'; do
    cp "$TMP/first.toml" "$TMP/wrong.toml"
    printf "$wrong\n" >>"$TMP/wrong.toml"
    expect_exit 3 ctl policy check "$TMP/wrong.toml"
    says 'wrong.toml:'
    expect_exit 3 "$BIN/sealsd" --config "$TMP/wrong.toml" --check
    says 'wrong.toml:'
    cp "$TMP/wrong.toml" "$CAB/seals.toml"
    reload
    expect_exit 5 take YZ-1 REQ-1
    says R21
done

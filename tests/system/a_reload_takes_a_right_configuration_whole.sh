#!/bin/bash
# SIGHUP: a right configuration is recorded, then applies, roles and policy alike; a wrong one, and one
# that would rewire the cabinet, changes nothing and the log says why. Nobody is cut off by it.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
pid=$(program_pid sealsd)
hup() { kill -HUP "$pid"; }
logged() { tail -n "+$((seen + 1))" "$CAB/log/sealsd.log" | grep -qF -- "$1"; }
mark() { seen=$(wc -l <"$CAB/log/sealsd.log"); }
loads=$(count_events policy.loaded)
cp "$CAB/seals.toml" "$TMP/first.toml"

# who may take: by policy
printf '\n[policy]\ntake_by_on_site = "custodian"\n' >>"$CAB/seals.toml"
mark; hup
eventually 5 logged "the configuration was read again"
[ "$(count_events policy.loaded)" -eq $((loads + 1)) ] || fail "the policy was not recorded"
[ "$(events policy.loaded | tail -1 | jq -r .data.text | grep -c 'take_by_on_site.*custodian')" = 1 ] ||
    fail "the text of the policy is not in its entry"
expect_exit 5 take YZ-1 REQ-1
mark; hup
eventually 5 logged "the configuration was read again"
[ "$(count_events policy.loaded)" -eq $((loads + 1)) ] || fail "the same policy was recorded again"

# a wrong one: named by line, and the last good one stays
cp "$CAB/seals.toml" "$TMP/good.toml"
echo 'take_by_onsite = "user"' >>"$CAB/seals.toml"
line=$(wc -l <"$CAB/seals.toml")
mark; hup
eventually 5 logged "the configuration that runs stays"
logged "seals.toml:$line" || fail "the log does not name the line: $(tail -2 "$CAB/log/sealsd.log")"
expect_exit 5 take YZ-1 REQ-1

# one slot less: not while it runs, and nothing else of it is taken either
head -n -2 "$TMP/first.toml" >"$CAB/seals.toml"
mark; hup
eventually 5 logged "[[slot]] cannot change while sealsd runs"
expect_exit 5 take YZ-1 REQ-1

# roles: without operator and custodian this user may no longer take
grep -vE '^(operator|custodian|bridge|admin) = ' "$TMP/good.toml" >"$CAB/seals.toml"
mark; hup
eventually 5 logged "the configuration was read again"
expect_exit 4 take YZ-1 REQ-1
cp "$TMP/first.toml" "$CAB/seals.toml"
mark; hup
eventually 5 logged "the configuration was read again"
expect_exit 0 take YZ-1 REQ-1

# times of a visit: nobody opens, and the slot is locked again after the new time
ctl sim person none >/dev/null
sed -i 's/^door_timeout_ms = .*/door_timeout_ms = 200/' "$CAB/seals.toml"
mark; hup
eventually 5 logged "the configuration was read again"
began=$(date +%s%N)
expect_exit 9 take YZ-2 REQ-2
took=$((($(date +%s%N) - began) / 1000000))
[ $took -lt 2500 ] || fail "the door was waited for $took ms, not 200"
expect_exit 0 ctl verify

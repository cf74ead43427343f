#!/bin/bash
# One screen for the administrator: what is wrong, since when, what to do, what needs a person; in
# his language; exit 1 while something does.
. "$(dirname "$0")/lib.sh"
stocked
status() { ctl status --json >"$OUT" 2>"$ERR" </dev/null; }
part() { jq -r ".parts[] | select(.part == \"$1\") | .$2" "$OUT"; }
needs() { status; [ "$(jq -r "[.attention[] | select(.kind == \"$1\") | .seal // .slot] | join(\" \")" "$OUT")" = "$2" ]; }

expect_exit 0 ctl status --json
json_is '.attention | length' 0
json_is .inventory.discrepancies 0
[ "$(part inventory state)" = ok ] || fail "$(cat "$OUT")"
[ "$(part ledger since)" = null ] || fail "what is in order has a since"

# A part at fault: since when, and what to do, in both languages.
before=$(date -u +%Y-%m-%dT%H:%M:%S)
kill_program sealsd-bolt
no_locks() { status; [ "$(part locks state)" = fault ]; }
eventually 5 no_locks
since=$(part locks since)
[[ $since > $before ]] || fail "since $since, not after $before"
sleep 1.1
status
[ "$(part locks since)" = "$since" ] || fail "since $(part locks since) now, not $since"
expect_exit 1 ctl status --lang en
says 'start sealsd-bolt'
says 'nothing can be unlocked'
expect_exit 1 ctl status --lang zh_CN
says '启动 sealsd-bolt'
says '无法开柜'
resume
locks() { status; [ "$(part locks state)" = ok ]; }
eventually 10 locks
[ "$(part locks since)" = null ] || fail "what is in order again has a since"

# A seal that is overdue, one that nobody can find, one in quarantine.
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
eventually 5 no_sessions
ctl sim person none >/dev/null
ctl sim remove 2 >/dev/null
ctl sim remove 3 >/dev/null
ctl sim insert 3 clone:YZ-3 >/dev/null
expect_exit 1 ctl inventory
needs unknown YZ-2 || fail "$(cat "$OUT")"
needs quarantined YZ-3 || fail "$(cat "$OUT")"
needs overdue '' || fail "$(cat "$OUT")"
[ "$(jq -r '.attention[] | select(.kind == "unknown") | .since' "$OUT")" \> "$before" ] || fail "$(cat "$OUT")"
counted() { ctl override list --json | jq -e '.items | length > 0 and all(.counted)'; }
eventually 20 counted # by sealsd itself, for nobody opened that slot by its leave
ctl sim clock +3456000 >/dev/null # 40 days
eventually 5 needs overdue YZ-1
[ "$(jq -r '.attention[] | select(.kind == "overdue") | .person' "$OUT")" = E2 ] || fail "$(cat "$OUT")"
json_is '[.attention[].kind] | sort | join(" ")' "alerts overdue override quarantined unknown"
json_is '.attention_count' 5
[ "$(part seals state)" = warning ] || fail "$(cat "$OUT")"
[ "$(part inventory state)" = warning ] || fail "$(cat "$OUT")"
expect_exit 1 ctl status --lang zh_CN
for text in 逾期未还 去向不明 隔离 '由 E2 持有' 催还 盘点已到期 '执行 `sealctl inventory`'; do says "$text"; done
expect_exit 1 ctl status --lang en
for text in 'Needs a person (5)' 'held by E2 beyond its time' 'sealctl return YZ-1'; do says "$text"; done
[ "$(wc -l <"$OUT")" -le 40 ] || fail "more than a screen: $(cat "$OUT")"

# The list outlives a restart, with its times.
since=$(jq -r '.attention[] | select(.kind == "unknown") | .since' <<<"$(ctl status --json)")
kill_program sealsd
resume
status
[ "$(jq -r '.attention[] | select(.kind == "unknown") | .since' "$OUT")" = "$since" ] || fail "another since after a restart"

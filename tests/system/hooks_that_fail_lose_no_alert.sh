#!/bin/bash
# seconds: 240
# seals-alert: every alert reaches every hook, however hooks behave: one hangs, one fails at first, one
# floods 100 MB, one is broken, one vanishes. A kill -9, a restart of sealsd: nothing is lost, nothing
# that was taken is told twice, no hook holds up another.
. "$(dirname "$0")/lib.sh"
stocked
hooks=$TMP/hooks state=$TMP/state got=$TMP/got
mkdir -p "$hooks" "$got"
hook() { # NAME: its text on standard input
    cat >"$hooks/$1"
    chmod +x "$hooks/$1"
}
hook good <<SH
#!/bin/sh
cat >>$got/good
SH
hook late <<SH
#!/bin/sh
read -r alert
id=\$(printf '%s' "\$alert" | jq -r .id)
echo x >>$got/tries.\$id
[ "\$(wc -l <$got/tries.\$id)" -ge 3 ] || { echo "not yet" >&2; exit 4; }
printf '%s\n' "\$alert" >>$got/late
SH
hook hangs <<SH
#!/bin/sh
cat >/dev/null
sleep 987 &
sleep 987
SH
hook floods <<SH
#!/bin/sh
yes flood | head -c 100000000 >&2
yes flood | head -c 100000000
cat >>$got/floods
SH
hook broken <<'SH'
#!/nonexistent/interpreter
SH
printf 'no program\n' >"$hooks/notes.txt" # not executable: no hook
start_alerts() {
    "$BIN/seals-alert" --socket "$CAB/api.sock" --hooks "$hooks" --state "$state" --timeout 2s \
        --retry 200ms --give-up 2m "$@" >>"$TMP/err.alert" 2>&1 &
    alerts=$!
}
expect_exit 2 "$BIN/seals-alert" --retry soon
expect_exit 0 "$BIN/seals-alert" --version
start_alerts --lang zh_CN
# A seals-alert that was killed outside systemd leaves the hook that hangs behind, with its group.
end_all() {
    local hook
    kill -9 "$alerts" 2>/dev/null
    for hook in $(pgrep -f "^/bin/sh $hooks/"); do kill -9 -- "-$hook" 2>/dev/null; done
}
trap end_all EXIT
seen() { ctl event list --type "slot.$2" --json | jq --arg slot "$1" '[.items[] | select(.data.slot == $slot)] | length'; }
more() { [ "$(seen "$1" "$2")" -gt "$3" ]; }
force() { # SLOT: opened and shut by force, and read again
    local forced checked
    forced=$(seen "$1" forced) checked=$(seen "$1" checked)
    ctl sim open "$1" >/dev/null
    eventually 5 more "$1" forced "$forced"
    ctl sim shut "$1" >/dev/null
    eventually 5 more "$1" checked "$checked"
}
lines() { [ "$(cat "$got/$1" 2>/dev/null | wc -l)" -ge "$2" ]; }

force 1
eventually 10 lines good 1
head -n 1 "$got/good" >"$OUT"
json_is .type slot_forced
json_is .event alert.raised
json_is .seal YZ-1
json_is .slot 1
json_is .severity critical
json_is .state open
json_is .text 柜门被强行打开
json_is .node demo.example/cab-1/sim
json_is .simulated true
[ "$(json .seq)" -gt 0 ] || fail "no seq"
[ -n "$(json .remedy)" ] || fail "no remedy"
eventually 20 lines floods 1
eventually 20 lines late 1
expect_exit 7 "$BIN/seals-alert" --state "$state" --socket "$CAB/api.sock"

# The flood is not kept, nor in memory.
rss=$(awk '/VmHWM/ {print $2}' "/proc/$alerts/status")
[ "$rss" -lt 60000 ] || fail "the flood took $rss kB"
# What hangs is killed with what it started, and tried again; nobody waits for it.
eventually 10 grep -q 'hook=hangs.*time-out' "$TMP/err.alert"
hanging() { pgrep -P 1 -f 'sleep 987' -a >/dev/null; }
eventually 5 eval '! hanging'
# The broken one cannot even be started.
eventually 10 grep -q '"hook":"broken","outcome":"gone"' "$state/receipts.ndjson"

# Killed at any moment, with alerts raised before, during and after.
force 2
sleep 0.2
kill -9 $alerts
force 3
start_alerts
force 4
eventually 20 lines good 4
eventually 30 lines late 4
kill -9 $alerts
# sealsd goes and comes: it waits.
kill_program sealsd
start_alerts
eventually 5 grep -q 'remedy' "$TMP/err.alert"
resume
ctl sim remove 1 >/dev/null
force 1
missing() { ctl alert list --type seal_missing --json | jq -e '.items | length == 1'; }
eventually 10 missing
taken() { jq -e --arg t "$2" 'select(.type == $t)' <"$got/$1" >/dev/null; }
eventually 20 eval 'grep -q seal_missing "$got/good"'

# Each alert once from each hook that took it: receipts keep it from being told again.
for which in good late; do
    eventually 30 eval "[ \"\$(jq -r .id <$got/$which | sort -u | wc -l)\" -ge 5 ]"
done
rm "$hooks/hangs" # its turn comes, and it is not there
done_all() { [ "$(cat "$state/cursor")" -ge "$(events alert.raised | jq .seq | tail -n 1)" ]; }
eventually 30 done_all
grep -q '"hook":"hangs","outcome":"gone"' "$state/receipts.ndjson" || fail "a vanished hook is not let go"
twice=$(jq -r '[.seq, .hook] | join(" ")' <"$state/receipts.ndjson" | sort | uniq -d)
[ -z "$twice" ] || fail "two receipts for: $twice"
kill "$alerts"
wait "$alerts" || fail "seals-alert did not end in order"

# With all done, a start tells nothing again.
before=$(wc -l <"$got/good")
start_alerts
sleep 1.5
[ "$(wc -l <"$got/good")" = "$before" ] || fail "told again after all was done"

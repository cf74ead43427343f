#!/bin/bash
# What a collector reads follows the cabinet: seals by place, a part at fault, a daemon that is gone.
. "$(dirname "$0")/lib.sh"
stocked
metric() { ctl status --metrics >"$OUT" 2>"$ERR" </dev/null; grep -qxF -- "$1" "$OUT"; }
expect_exit 0 ctl status --metrics
metric 'seals_up 1' && metric 'seals_seals{place="in_slot"} 4' && metric 'seals_slots 8' ||
    fail "not the cabinet's: $(cat "$OUT")"
[ "$(tail -1 "$OUT")" = '# EOF' ] || fail "the end is not marked"
# Every line is one that the text formats have.
if odd=$(grep -vE '^(# (HELP|TYPE) [a-z_]+ .+|# EOF|[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? -?[0-9.]+)$' "$OUT"); then
    fail "odd lines: $odd"
fi
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
eventually 5 metric 'seals_seals{place="out"} 1'
kill_program sealsd-bolt
eventually 5 metric 'seals_part_state{part="locks",state="fault"} 1'
expect_exit 1 ctl status --metrics
kill -TERM "$(program_pid sealsd)"
eventually 10 metric 'seals_up 0'
expect_exit 8 ctl status --metrics

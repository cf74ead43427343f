#!/bin/bash
# 32 clients at once, each posting requests of its own: every one is answered, all are kept once.
. "$(dirname "$0")/lib.sh"
stocked
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
client() {
    local n
    for n in 1 2 3 4 5; do
        curl -sS --max-time 60 --unix-socket "$CAB/api.sock" -o /dev/null -w '%{http_code}\n' \
            --data-binary "{\"source\":\"oa\",\"external_id\":\"C$1-$n\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"并发$1\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":1}]}" \
            -H 'Content-Type: application/json' http://seals/v1/requests
    done
}
for ((i = 1; i <= 32; ++i)); do client $i >>"$TMP/answers" & clients+=($!); done
wait "${clients[@]}"
[ "$(grep -c '^200$' "$TMP/answers")" = 160 ] || fail "not all were answered 200: $(sort "$TMP/answers" | uniq -c)"
[ "$(sqlite3 "$CAB/state/ledger.db" "SELECT count(*) FROM entry WHERE CAST(leaf AS TEXT) LIKE '%\"request.accepted\"%'")" = 164 ] || fail "not all are in the ledger once"
expect_exit 0 ctl verify

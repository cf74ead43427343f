#!/bin/bash
# seconds: 240
# seals-outbox: when a request ends, its result reaches the OA: always the same bytes under the same key,
# signed, through an OA that fails for long, kills and restarts on both sides, a dead letter and its
# retry, an OA that answers twice; or a person waives it; or by a spool that another program reads.
. "$(dirname "$0")/lib.sh"
stocked
policy '[outbox]' 'report = true'
ctl sim person auto >/dev/null
state=$TMP/state peer=$TMP/peer
mkdir -p "$peer"
printf 'a secret of 32 bytes or some more\n' >"$TMP/secret"
chmod 600 "$TMP/secret"
# The OA: does as $peer/mode says, keeps each attempt as $peer/N.body and $peer/N.env.
cat >"$peer/oa" <<SH
#!/bin/sh
n=\$(ls $peer | grep -c 'body\$')
cat >$peer/\$n.body
env | grep -E '^(WEBHOOK|SEALS)_' >$peer/\$n.env
case \$(cat $peer/mode) in
fail) echo "no such number" >&2; exit 3 ;;
later) exit 75 ;;
empty) exit 0 ;;
hang) sleep 987 ;;
ok) printf 'accepted as %s\n' "\$SEALS_EXTERNAL_ID" ;;
esac
SH
chmod +x "$peer/oa"
mode() { echo "$1" >"$peer/mode"; }
attempts() { ls "$peer" | grep -c 'body$'; }
attempted() { [ "$(attempts)" -ge "$1" ]; }
start_outbox() {
    "$BIN/seals-outbox" --socket "$CAB/api.sock" --secret "$TMP/secret" --state "$state" \
        --retry 100ms --give-up 6s --timeout 2s "${how[@]}" >>"$TMP/err.outbox" 2>&1 &
    outbox=$!
}
stop_outbox() { kill "${1:--TERM}" "$outbox" 2>/dev/null; wait "$outbox" 2>/dev/null; }
trap 'kill -9 "$outbox" 2>/dev/null' EXIT
how=(--hook "$peer/oa")
used() { # SEAL REQUEST: taken and returned
    take "$1" "$2" >/dev/null || fail "no take of $1"
    give_back "$1" >/dev/null || fail "no return of $1"
}
request_is() { ctl request show "$1" --json | jq -e --arg s "$2" '.state == $s'; }

# The command line, and secrets that are none.
expect_exit 2 "$BIN/seals-outbox" --secret "$TMP/secret"
expect_exit 2 "$BIN/seals-outbox" --hook a --spool b --secret "$TMP/secret"
expect_exit 2 "$BIN/seals-outbox" --hook a
printf 'short' >"$TMP/short" && chmod 600 "$TMP/short"
expect_exit 3 "$BIN/seals-outbox" --hook a --secret "$TMP/short" --state "$state"
expect_exit 0 "$BIN/seals-outbox" --version

# A request does not end while its seal is out, nor one that nothing was taken under; then it does, once.
take YZ-1 REQ-1 >/dev/null || fail "no take"
expect_exit 5 ctl request finish REQ-1 --reason "not needed"
says "YZ-1 is out under request REQ-1"
expect_exit 5 ctl request finish REQ-2 --reason "not needed"
expect_api 409 GET /v1/requests/REQ-1/result
give_back YZ-1 >/dev/null || fail "no return"
expect_exit 0 ctl request finish REQ-1 --reason "余下不再盖章"
expect_exit 5 ctl request finish REQ-1 --reason "again"
expect_exit 5 take YZ-1 REQ-1
says R39
expect_api 200 GET /v1/requests/REQ-1
json_is .state part_fulfilled
json_is .ending.waits true
expect_api 200 GET /v1/requests/REQ-1/result
json_is .outcome unused
json_is .reason 余下不再盖章
json_is '.lines | map(.granted == .used + .cancelled) | all' true
json_is '.lines[0].cancelled' 2
json_is .idempotency_key demo.example/cab-1/sim:REQ-1:1
json_is '.ledger.root | length' 44
cp "$OUT" "$TMP/result"
expect_exit 0 ctl outbox list --lang zh_CN
says REQ-1
says 待回传
expect_exit 0 ctl outbox show REQ-1
says "demo.example/cab-1/sim:REQ-1:1"

# The OA fails, hangs, answers nothing; either side is killed and comes again; it is always the same.
mode fail
start_outbox
eventually 10 attempted 3
stop_outbox -9
mode hang
start_outbox
before=$(attempts)
eventually 10 attempted $((before + 1))
eventually 10 grep -q time-out "$TMP/err.outbox"
mode empty
kill_program sealsd
before=$(attempts)
eventually 10 attempted $((before + 1))
eventually 10 grep -q 'without a receipt' "$TMP/err.outbox"
mode fail
resume
dead() { ctl outbox list --dead --json | jq -e '.items | length == 1 and .[0].ending.dead'; }
eventually 20 dead
ctl outbox list --json | jq -e '.items[0].ending.failure | contains("no such number")' >/dev/null ||
    fail "the OA's reason is not told"
events request.report_failed | jq -e 'select(.data.dead)' >/dev/null || fail "no dead letter in the ledger"
[ "$(count_events request.report_failed)" -le 8 ] || fail "each attempt is an entry"
alert_stands() { ctl alert list --type report_failed --json | jq -e '.items | length == 1'; }
no_alert() { ctl alert list --type report_failed --json | jq -e '.items == []'; }
eventually 5 alert_stands
ctl status --json | jq -e '.attention[] | select(.kind == "report") | .detail | contains("REQ-1")' >/dev/null ||
    fail "the status does not name it"
tried=$(attempts)
stop_outbox
start_outbox
sleep 1
[ "$(attempts)" = "$tried" ] || fail "a dead letter is tried"

# A person mends the OA and has it tried again.
mode ok
expect_exit 0 ctl outbox retry REQ-1 --reason "number put right"
eventually 10 request_is REQ-1 closed
[ "$(sha256sum "$peer"/*.body | cut -d' ' -f1 | sort -u | wc -l)" = 1 ] || fail "the bytes differ"
[ "$(grep -h ^WEBHOOK_ID= "$peer"/*.env | sort -u)" = "WEBHOOK_ID=demo.example/cab-1/sim:REQ-1:1" ] || fail "the keys differ"
[ "$(jq -S . "$peer/0.body")" = "$(jq -S . "$TMP/result")" ] || fail "the body is not the result"
[ "$(jq -cjS . "$peer/0.body" | sha256sum)" = "$(sha256sum <"$peer/0.body")" ] || fail "the body is not canonical"
sent=0
for env in "$peer"/*.env; do
    stamp=$(sed -n 's/^WEBHOOK_TIMESTAMP=//p' "$env")
    want=$(printf '%s.%s.' "demo.example/cab-1/sim:REQ-1:1" "$stamp" | cat - "${env%.env}.body" |
        openssl dgst -sha256 -hmac "$(cat "$TMP/secret")" -binary | base64)
    grep -qxF "WEBHOOK_SIGNATURE=v1,$want" "$env" || fail "signature of $env"
    sent=$((sent + 1))
done
[ "$sent" -ge 6 ] || fail "only $sent attempts"
receipt=$(printf 'accepted as REQ-1\n' | sha256sum | cut -d' ' -f1)
[ "$(events request.reported | jq -r .data.receipt)" = "$receipt" ] || fail "another receipt"
[ "$(cat "$state/receipts/$receipt")" = "accepted as REQ-1" ] || fail "the receipt is not kept"
[ "$(count_events request.closed)" = 1 ] || fail "not closed once"
expect_exit 0 ctl outbox list --json
json_is '.items | length' 0
eventually 15 no_alert
# It answers twice, and late.
expect_api 200 POST /v1/requests/REQ-1/reported "{\"revision\":1,\"receipt\":\"$receipt\",\"attempts\":9}"
json_is .seq 0
expect_api 400 POST /v1/requests/REQ-1/reported "{\"revision\":2,\"receipt\":\"$receipt\",\"attempts\":9}"
expect_api 400 POST /v1/requests/REQ-1/reported '{"revision":1,"receipt":"x","attempts":9}'
[ "$(count_events request.reported)" = 1 ] || fail "reported twice"

# "Not now" is no failure in the ledger; a person waives it.
mode later
used YZ-2 REQ-2
failures=$(count_events request.report_failed)
expect_exit 0 ctl request finish REQ-2 --reason "done"
before=$(attempts)
eventually 10 attempted $((before + 2))
[ "$(count_events request.report_failed)" = "$failures" ] || fail "a delay counts as a failure"
expect_exit 5 ctl outbox waive REQ-2 --person E1 --reason "the OA is switched off" --pin-file "$(pin 9999)"
expect_exit 0 ctl outbox waive REQ-2 --person E1 --reason "the OA is switched off" --pin-file "$(pin 1111)"
expect_exit 7 ctl outbox retry REQ-2
request_is REQ-2 closed >/dev/null || fail "waived and not closed"
gone() { ! ls "$state"/waiting/*REQ-2* ; }
eventually 10 gone
stop_outbox
before=$(attempts)

# By a spool, and with an empty state: what is closed is not told again.
spool=$TMP/spool state=$TMP/state2 how=(--spool "$TMP/spool" --poll 100ms)
used YZ-3 REQ-3
expect_exit 0 ctl request finish REQ-3 --reason "done"
start_outbox
name=demo.example%2Fcab-1%2Fsim%3AREQ-3%3A1
there() { [ -e "$spool/new/$name.json" ]; }
eventually 10 there
[ "$(ls "$spool/new")" = "$name.headers"$'\n'"$name.json" ] || fail "more than one in the spool: $(ls "$spool/new")"
stamp=$(sed -n 's/^webhook-timestamp: //p' "$spool/new/$name.headers")
want=$(printf '%s.%s.' "demo.example/cab-1/sim:REQ-3:1" "$stamp" | cat - "$spool/new/$name.json" |
    openssl dgst -sha256 -hmac "$(cat "$TMP/secret")" -binary | base64)
grep -qxF "webhook-signature: v1,$want" "$spool/new/$name.headers" || fail "signature in the spool"
# Who reads it cannot use it, and says why; it comes again, the same.
cp "$spool/new/$name.json" "$TMP/first"
mv "$spool/new/$name.json" "$spool/failed/"
printf 'locked' >"$spool/failed/$name.reason"
failed_locked() { ctl outbox list --json | jq -e '.items[0].ending.failure | contains("locked")'; }
eventually 10 failed_locked
eventually 10 there
cmp "$TMP/first" "$spool/new/$name.json" || fail "other bytes in the spool"
# Given up while nobody reads: the answer that comes late is still one.
eventually 20 dead
stop_outbox -9
start_outbox
printf 'taken late' >"$spool/done/.half" && mv "$spool/done/.half" "$spool/done/$name.receipt"
eventually 10 request_is REQ-3 closed
empty() { [ -z "$(ls "$spool/new" "$spool/done" "$spool/failed" | grep "$name")" ]; }
eventually 10 empty
[ "$(attempts)" = "$before" ] || fail "the hook of the other run was called"
stop_outbox || fail "seals-outbox did not end in order"

# What is stamped is told with its photo and persons, and all that is granted and used ends by itself;
# what is recorded later is another revision under another key.
how=(--hook "$peer/oa") state=$TMP/state3
rm -f "$peer"/*.body "$peer"/*.env
mode ok
start_outbox
head -c 3000 /dev/urandom >"$TMP/photo.jpg"
photo=$(sha256sum <"$TMP/photo.jpg" | cut -d' ' -f1)
stamp() { # COUNT [MORE ARGUMENTS]
    expect_exit 0 ctl use record --seal YZ-4 --request REQ-4 --by E2 --count "$1" --photo "$TMP/photo.jpg" \
        --place 会议室 "${@:2}"
}
take YZ-4 REQ-4 >/dev/null || fail "no take"
stamp 1
stamp 1 --exception 印迹偏淡
give_back YZ-4 >/dev/null || fail "no return"
eventually 30 request_is REQ-4 closed
body() { grep -l "^WEBHOOK_ID=demo.example/cab-1/sim:REQ-4:$1\$" "$peer"/*.env | head -n 1 | sed 's/env$/body/'; }
cp "$(body 1)" "$OUT"
json_is .outcome fulfilled
json_is '.lines[0] | [.granted, .used, .cancelled, .excess] | join(" ")' "2 2 0 0"
json_is '.uses | length' 2
json_is '.uses[1].photos | join(" ")' "$photo"
json_is '.uses[1].place' 会议室
json_is '.uses[1].exceptions' 印迹偏淡
json_is '.uses[0].by' E2
json_is .exceptions 1
use=$(json '.uses[0].id')
stamp 1 --excess "one page was stamped twice"
second() { [ -n "$(body 2)" ]; }
eventually 30 second
cp "$(body 2)" "$OUT"
json_is '.lines[0] | [.granted, .used, .cancelled, .excess] | join(" ")' "2 2 0 1"
json_is .idempotency_key demo.example/cab-1/sim:REQ-4:2
eventually 10 request_is REQ-4 closed
expect_exit 0 ctl use void "$use" --person E2 --reason "wrong page" --pin-file "$(pin 2222)"
third() { [ -n "$(body 3)" ]; }
eventually 30 third
[ "$(jq -r '[.uses[] | select(.voided)] | map(.id) | join(" ")' "$(body 3)")" = "$use" ] || fail "not told as void"
[ "$(jq '[.uses[] | select(.voided)] | length' "$(body 2)")" = 0 ] || fail "told as void before it was"
eventually 10 request_is REQ-4 closed
[ "$(events request.reported | jq -r 'select(.request == "REQ-4") | .data.revision' | xargs)" = "1 2 3" ] ||
    fail "not each revision once"
stop_outbox

# The example of a hook: its answer is the receipt; not reached is 75, a refusal is told.
hook=$SEALS_SOURCE/examples/outbox.d/oa
export WEBHOOK_ID=k WEBHOOK_TIMESTAMP=1 WEBHOOK_SIGNATURE=v1,x CURL_HOME=$TMP SEALS_OUTBOX_URL=$TMP/url
echo "http://oa/results" >"$TMP/url"
echo "unix-socket = $TMP/oa.sock" >"$TMP/.curlrc"
post() { printf '{"a":1}' | "$hook"; }
expect_exit 75 post
serve() { # STATUS BODY: one answer
    rm -f "$TMP/oa.sock"
    printf 'HTTP/1.1 %s\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' "$1" "${#2}" "$2" |
        nc -lU "$TMP/oa.sock" >"$TMP/asked" &
    while [ ! -S "$TMP/oa.sock" ]; do sleep 0.05; done
}
serve "200 OK" "receipt 7"
expect_exit 0 post
says "receipt 7"
grep -qi '^webhook-signature: v1,x' "$TMP/asked" || fail "no signature in what was posted"
grep -q '{"a":1}' "$TMP/asked" || fail "no body in what was posted"
serve "503 Busy" ""
expect_exit 75 post
serve "422 No" "no such number"
expect_exit 1 post
says "HTTP 422: no such number"

# The whole ledger still proves itself, its views too.
expect_exit 0 ctl verify

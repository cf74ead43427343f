# A witness answers as c2sp.org/tlog-witness says, over HTTP and by a stick, and cosigns nothing but
# one growing tree: not a fork, not a rollback, not after kill -9, not for two clients at once.
. "$SEALS_SOURCE/tests/system/lib.sh"

ORIGIN=example.com/cab-1
log() { python3 "$SEALS_SOURCE/tests/system/outside_log.py" "$@"; }
body() { log body log $ORIGIN "$@" >body.txt; }
witness() { "$BIN/sealctl" witness "$@" --dir w; }
# post [FILE]: the answer's status and type in $HTTP, its body in $OUT.
post() {
    HTTP=$(curl -sS --max-time 20 --unix-socket w.sock -o "$OUT" -w '%{http_code} %{content_type}' \
        --data-binary "@${1:-body.txt}" http://witness/add-checkpoint 2>"$ERR") || HTTP="none $?"
}
answers() { [ "$HTTP" = "$1" ] || fail "answered \"$HTTP\", not \"$1\": $(head -c 400 "$OUT")"; }
cosigned() { answers "200 text/plain; charset=utf-8"; log check "$VKEY" body.txt "$OUT" >time.txt || fail "no cosignature"; }
conflict() { answers "409 text/x.tlog.size"; [ "$(cat "$OUT")" = "$1" ] || fail "the size told is $(cat "$OUT"), not $1"; }
plain() { answers "$1 text/plain; charset=utf-8"; }
serve() { "$BIN/sealctl" witness serve --dir w --listen "${1:-unix:w.sock}" 2>>serve.log & SERVER=$!; }
up() { serve; eventually 5 test -S w.sock; }
down() { kill "$SERVER" && wait "$SERVER"; }
stored() { witness list --json | jq -r '.items[0].size // 0'; }

log key log $ORIGIN >log.vkey
log key other $ORIGIN >other.vkey
expect_exit 6 witness list
VKEY=$(witness key --name witness.example/w1)
[ "$(stat -c %a w/key)" = 600 ] || fail "others may read the key"
expect_exit 7 witness key --name witness.example/w2
expect_exit 0 witness trust log.vkey
expect_exit 0 witness trust log.vkey
expect_exit 7 witness trust other.vkey

up
expect_exit 7 "$BIN/sealctl" witness serve --dir w --listen 127.0.0.1:0

# --- each answer of the protocol ---
body 0 5 && post && cosigned
[ $(($(date +%s) - $(cat time.txt))) -le 60 ] || fail "the time is not now"
body 5 9 && post && cosigned
body 9 9 && post && cosigned
body 0 12 && post && conflict 9
body 5 12 && post && conflict 9
body 5 5 && post && conflict 9                     # a rollback
log note log $ORIGIN 5 >n && { printf 'old 9\n\n'; cat n; } >body.txt && post && plain 400
body 9 9 4 && post && conflict 9                   # a fork, as large
body 4 9 4 && post && conflict 9
body 9 12 4 && post && plain 422                   # a fork, larger
body 9 12 && sed -i 2d body.txt && post && plain 422
log body other $ORIGIN 9 12 >body.txt && post && plain 403
log body log example.com/cab-2 9 12 >body.txt && post && plain 404
body 9 12 && sed -i 's/$/\r/' body.txt && post && plain 400
body 9 12 && sed -i 's/old 9/old 09/' body.txt && post && plain 400
: >body.txt && post && plain 400
head -c 200000 /dev/zero >body.txt && post && plain 413
HTTP=$(curl -sS --unix-socket w.sock -o "$OUT" -w '%{http_code} %{content_type}' http://witness/add-checkpoint) && plain 405
HTTP=$(curl -sS --unix-socket w.sock -o "$OUT" -w '%{http_code} %{content_type}' http://witness/) && plain 404

# --- the fork is kept as evidence ---
[ "$(find w/forks -name '*.cosigned' | wc -l)" = 1 ] && [ "$(find w/forks -name '*.other' | wc -l)" = 1 ] ||
    fail "the fork is not kept: $(ls w/forks)"
cmp -s <(sed -n 2p w/forks/*.cosigned) <(sed -n 2p w/forks/*.other) || fail "the two are not of one size"
cmp -s <(sed -n 3p w/forks/*.cosigned) <(sed -n 3p w/forks/*.other) && fail "the two have one root"
grep -q FORK serve.log || fail "the fork was not told loudly"

# --- two at once: of those from one size, one ---
for size in 10 11 12 13 14 15 16 17; do
    log body log $ORIGIN 9 $size >"body.$size"
    curl -sS --max-time 20 --unix-socket w.sock -o "answer.$size" -w '%{http_code}\n' \
        --data-binary "@body.$size" http://witness/add-checkpoint >"status.$size" &
    clients+=($!)
done
wait "${clients[@]}"
[ "$(cat status.* | sort | uniq -c | xargs)" = "1 200 7 409" ] || fail "answered: $(cat status.* | xargs)"
down || fail "the witness did not end well"

# --- killed, again and again: what was told is what it knows, and the tree only grows ---
at=$(stored)
for round in $(seq 20); do
    rm -f w.sock
    up
    body "$at" $((at + 1))
    (sleep "0.00$((round % 10))" && kill -9 "$SERVER") &
    killer=$!
    post
    wait "$killer" "$SERVER" 2>/dev/null
    now=$(stored)
    case $HTTP in
    200*) log check "$VKEY" body.txt "$OUT" >/dev/null && [ "$now" = $((at + 1)) ] || fail "told at $at, and not known: $now" ;;
    *) [ "$now" = "$at" ] || [ "$now" = $((at + 1)) ] || fail "from $at it came to $now" ;;
    esac
    at=$now
done

# --- killed between the disk and the answer: nobody had it, but it was cosigned, and binds ---
body "$at" $((at + 2))
mkfifo full
sleep 60 <full & sleeper=$!
exec 9>full
dd if=/dev/zero of=/dev/fd/9 bs=4096 count=16 status=none oflag=nonblock # the pipe is full: who writes waits
"$BIN/sealctl" witness add body.txt --dir w >&9 2>/dev/null & adder=$!
advanced() { [ "$(stored)" = $((at + 2)) ]; }
eventually 10 advanced
kill -9 "$adder"
wait "$adder" 2>/dev/null && fail "it was done before it was killed"
exec 9>&-
kill "$sleeper"
body "$at" $((at + 2)) 3
expect_exit 7 witness add body.txt
body "$at" $((at + 3)) 3
expect_exit 7 witness add body.txt
body $((at + 2)) $((at + 3))
expect_exit 0 witness add body.txt
log check "$VKEY" body.txt "$OUT" >/dev/null || fail "no cosignature"

# --- by a stick, and beside a server that is up ---
at=$(stored)
rm -f w.sock
up
body "$at" $((at + 1))
witness add - <body.txt >"$OUT" 2>"$ERR" || fail "not cosigned by a stick"
log check "$VKEY" body.txt "$OUT" >/dev/null || fail "no cosignature"
post && conflict $((at + 1))
down

# --- what was lost is not begun anew ---
mv w/logs/*.checkpoint kept
body 0 5
expect_exit 8 witness add body.txt
says gone
mv kept "w/logs/$(basename w/logs/*.key .key).checkpoint"

# --- over TCP ---
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
serve "127.0.0.1:$port"
body "$(stored)" 60
tcp() { HTTP=$(curl -sS --max-time 20 -o "$OUT" -w '%{http_code} %{content_type}' --data-binary @body.txt "http://127.0.0.1:$port/add-checkpoint"); }
eventually 5 tcp
[ "${HTTP%% *}" = 200 ] || [ "${HTTP%% *}" = 409 ] || fail "TCP: $HTTP"
[ "$(stored)" = 60 ] || fail "nothing was cosigned over TCP"
down

# --- by a socket that systemd opened ---
if command -v systemd-socket-activate >/dev/null; then
    systemd-socket-activate -l "127.0.0.1:$port" "$BIN/sealctl" witness serve --dir w --listen systemd 2>>serve.log & SERVER=$!
    body 60 61
    eventually 5 tcp
    cosigned
    down
fi
expect_exit 8 witness serve --listen systemd
expect_exit 3 witness serve --listen nonsense

# Two cabinets, each the witness of the other: what one's ledger grows to the other cosigns, and once it
# has, no ledger that was set back or altered passes for it, whatever its owner does to it.
. "$SEALS_SOURCE/tests/system/lib.sh"

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
check() { python3 "$SEALS_SOURCE/tests/system/outside_log.py" check "$@"; }
ask() { ctl evidence witness --config "$CAB/seals.toml" "$@"; }
grow() { api POST /v1/persons "{\"id\":\"G$1\",\"name\":\"某$1\"}" >/dev/null && [ "$(api_status)" -lt 300 ]; }
size() { ctl evidence checkpoint --json | jq .size; }
seen() { "$BIN/sealctl" witness list --dir "$TMP/$1/witness" --json | jq -r '.items[0].size // 0'; }

# --- each a cabinet and a witness ---
for n in a b; do
    cabinet_up 2 "$TMP/$n"
    "$BIN/sealctl" witness key --dir "$TMP/$n/witness" --name "witness.example/$n" >"$n.wkey"
    ctl evidence key >"$n.vkey"
    port[${#port[@]}]=$(free_port)
done
"$BIN/sealctl" witness trust b.vkey --dir a/witness >/dev/null
"$BIN/sealctl" witness trust a.vkey --dir b/witness >/dev/null
serve() { "$BIN/sealctl" witness serve --dir "$TMP/$1/witness" --listen "127.0.0.1:$2" 2>>"$1.witness.log" & }
serve a "${port[0]}"; A=$!
serve b "${port[1]}"; B=$!
trap 'kill $A $B 2>/dev/null' EXIT
witnessed_by() { # NAME PORT: the cabinet in use
    policy '[[witness]]' "name = \"witness.example/$1\"" "url = \"http://127.0.0.1:$2\"" "key = \"$(cat "$1.wkey")\""
}
CAB=$TMP/a; witnessed_by b "${port[1]}"
CAB=$TMP/b; witnessed_by a "${port[0]}"

# --- both grow, and are cosigned as they do ---
for round in 1 2 3; do
    for n in a b; do
        CAB=$TMP/$n
        grow "$round" || fail "nothing was entered at $n"
        expect_exit 0 ask --json
        json_is .code ok
        number=$(json .size)
        json -r .cosignature >"$n.lines"
        [ "$n" = a ] && other=b || other=a
        [ "$(seen $other)" = "$number" ] || fail "$other has seen $(seen $other), not $number"
        expect_api 200 GET "/v1/checkpoint?size=$number"
        json_is '.cosignatures[0].name' "witness.example/$other"
        { echo "old 0"; echo; jq -r .note "$OUT"; } >"$n.body"
        check "$(cat $other.wkey)" "$n.body" "$n.lines" >/dev/null || fail "the cosignature is none"
    done
done
CAB=$TMP/a
expect_exit 0 ask
says witness.example/b

# --- a witness that does not know us, or is not there ---
kill $B
expect_exit 8 ask
CAB=$TMP/a
expect_exit 3 ask --url http://127.0.0.1:1
serve b "${port[1]}"; B=$!

# --- by files, where there is no network ---
grow 8
expect_exit 0 ctl evidence consistency "$(seen b)" --out body.txt
sed -n '/^$/,$p' body.txt | sed -n 3p >number.txt
expect_exit 0 "$BIN/sealctl" witness add body.txt --dir b/witness
cp "$OUT" cosigned.txt
expect_exit 0 ctl evidence witness cosigned.txt --size "$(cat number.txt)"

# --- the ledger is set back, with every trace of the newer one in its own folder removed ---
cabinet_down
cp -a a/state kept
resume
for n in 20 21 22; do grow $n; done
expect_exit 0 ask
grow 23
cabinet_down
rm -rf a/state && cp -a kept a/state
rm -f a/state/checkpoint.*
resume
grow 30
[ "$(size)" -lt "$(seen b)" ] || fail "the test is wrong: the ledger is not shorter"
expect_exit 10 ask
says "set back"
for n in 31 32 33 34 35 36 37 38 39; do grow $n; done
[ "$(size)" -gt "$(seen b)" ] || fail "the test is wrong: the ledger is not longer"
expect_exit 10 ask
says "another ledger"
[ "$(seen b)" -gt 0 ] || fail "the witness forgot"

#!/bin/bash
# What sealctl evidence hands out is checked with Go's own packages of transparency logs, with the
# commands of a bundle's VERIFY.txt, and with nothing of ours; and every change of it is seen.
# seconds: 240
. "$(dirname "$0")/lib.sh"
command -v go >/dev/null || skip "no Go here"
stocked
ctl sim person auto >/dev/null
expect_exit 0 ctl evidence key
ctl evidence key >pinned.vkey

# --- a visit, then everything there is to hand out ---
expect_exit 0 ctl evidence checkpoint --out older
expect_api 200 POST /v1/requests "{\"source\":\"oa\",\"external_id\":\"REQ-9\",\"status\":\"approved\",\"applicant\":\"E2\",\"applicant_name\":\"钱二\",\"applied_at\":\"$(date -u +%FT%TZ)\",\"title\":\"担保函\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":2}]}"
expect_exit 0 take YZ-1 REQ-9
expect_exit 0 give_back YZ-1
session=$(events seal.taken | tail -1 | jq -r .session)
expect_exit 0 ctl evidence receipt --session "$session" --out proofs
expect_exit 0 ctl evidence inclusion 1 --out proofs
expect_exit 0 ctl evidence consistency older --out proofs/consistency
cp older proofs/older

export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$TMP/gocache GOFLAGS=
mkdir bin && go build -o bin/outside "$SEALS_SOURCE/tests/outside/verify.go" || fail "the outside verifier was not built"
expect_exit 0 bin/outside proofs
says "ok entry 1 in"
says "is the beginning of"

mkdir whole && cp pinned.vkey whole/device.vkey
expect_exit 0 ctl evidence checkpoint --out whole/checkpoint
expect_exit 0 ctl evidence dump --out whole/dump
expect_exit 0 bin/outside whole
says "ok dump of"

# --- ours says the same, without daemon and ledger ---
offline() { "$BIN/sealctl" --socket /nowhere verify --offline --key pinned.vkey "$@"; }
leaf=$(basename proofs/[2-9]*.leaf .leaf)
expect_exit 0 offline --proof "proofs/$leaf.tlog-proof"
expect_exit 0 offline --checkpoint older --consistency proofs/consistency
expect_exit 0 offline --checkpoint whole/checkpoint --dump whole/dump
expect_exit 0 ctl verify --checkpoint older --key pinned.vkey
says "begins with those"

# --- one changed byte anywhere is seen by both ---
# bend FILE BYTE: a copy with that byte changed
bend() { python3 - "$1" "$2" bent <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[int(sys.argv[2]) % len(data)] ^= 1
open(sys.argv[3], "wb").write(data)
PY
}
both_refuse() { # FOLDER-FILE: put in its place, then refused by Go and by us
    cp -r proofs bad && cp bent "bad/$1"
    expect_exit 1 bin/outside bad
    "$BIN/sealctl" --socket /nowhere verify --offline --key bad/device.vkey \
        --proof "bad/$leaf.tlog-proof" --leaf "bad/$leaf.leaf" >"$OUT" 2>"$ERR"
    case $? in 3 | 10) ;; *) fail "changed $1 was believed" ;; esac
    rm -r bad
}
for byte in 3 60 200; do bend "proofs/$leaf.leaf" $byte; both_refuse "$leaf.leaf"; done
for byte in 25 40 90 400; do bend "proofs/$leaf.tlog-proof" $byte; both_refuse "$leaf.tlog-proof"; done
bend proofs/device.vkey 50; both_refuse device.vkey
head -c "$(($(stat -c %s whole/dump) - 5))" whole/dump >cut
expect_exit 3 offline --dump cut
tail -c +100 whole/dump >cut
expect_exit 3 offline --dump cut
bend whole/dump 5000
expect_exit 10 offline --dump bent --checkpoint whole/checkpoint

# --- the bundle, as a stranger follows it ---
expect_exit 0 ctl evidence export --session "$session" --basis "court file 12" --out evidence.zip
says "$(events evidence.exported | tail -1 | jq -r .seq)"
expect_exit 0 ctl verify --offline --bundle evidence.zip --key pinned.vkey
stranger() (  # FOLDER: nothing of ours can be reached
    cd "$1" && env -i PATH=/usr/bin:/bin HOME=/nonexistent bash -c "$(grep '^    ' VERIFY.txt)"
)
unzip -q evidence.zip -d bundle
expect_exit 0 stranger bundle
for step in 1 2 3 4 5 6 7 8; do says "ok $step"; done
says "no gap"
jq -e 'all(.[]; .field != "phone")' bundle/openings.json >/dev/null || fail "a phone number went out"
jq -e '[.[] | select(.field == "applicant_name")] | length > 0 and all(.salt == "" and (.text | endswith("***")))' \
    bundle/openings.json >/dev/null || fail "names are not masked"

# changed: SHA256SUMS tells; made anew around the change: the ledger's tree tells
changed() { # FILE SED: in the bundle, sums made anew
    rm -rf other && cp -r bundle other
    sed -i "$2" "other/$1"
    (cd other && find . -type f ! -name SHA256SUMS -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS)
    (cd other && zip -qrD ../other.zip .)
    if stranger other >"$OUT" 2>"$ERR"; then fail "a changed $1 was believed by a stranger"; fi
    expect_exit 10 ctl verify --offline --bundle other.zip --key pinned.vkey
    rm other.zip
}
some=$(cd bundle && grep -l seal.taken leaves/*.leaf | head -1)
changed "$some" 's/"seal.taken"/"seal.faked"/'
changed openings.json 's/"text":"[^"]*"/"text":"x"/g'
changed checkpoint '2s/$/0/'
cp -r bundle torn && echo x >>torn/about.json
if stranger torn >"$OUT" 2>"$ERR"; then fail "a changed about.json was believed"; fi

# --- zips that a stranger made ---
python3 - <<'PY'
import warnings, zipfile
warnings.simplefilter("ignore")
good = zipfile.ZipFile("evidence.zip")
def copy(name, extra=(), skip=()):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        for item in good.infolist():
            if item.filename not in skip:
                out.writestr(item.filename, good.read(item.filename))
        for path, data in extra:
            out.writestr(path, data)
copy("dots.zip", [("../../etc/cron.d/x", b"x")])
copy("twice.zip", [("checkpoint", b"x")])
copy("bomb.zip", [("files/" + "0" * 64, b"\0" * (300 << 20))])
copy("more.zip", [("surplus.txt", b"x")])
copy("less.zip", skip=["SHA256SUMS"])
open("cut.zip", "wb").write(open("evidence.zip", "rb").read()[:-2000])
open("text.zip", "wb").write(b"no zip at all")
PY
for name in dots twice bomb cut text; do expect_exit 3 ctl verify --offline --bundle $name.zip; done
expect_exit 10 ctl verify --offline --bundle more.zip
expect_exit 6 ctl verify --offline --bundle less.zip

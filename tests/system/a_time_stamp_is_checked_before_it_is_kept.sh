# A checkpoint is stamped by an authority (OpenSSL's own), by hand and over HTTP; what is not over it,
# not of a pinned authority, or out of its time is refused by name; `openssl ts -verify` agrees.
. "$SEALS_SOURCE/tests/system/lib.sh"

ORIGIN=example.com/cab-1
log() { python3 "$SEALS_SOURCE/tests/system/outside_log.py" "$@"; }
stamp() { "$BIN/sealctl" evidence timestamp "$@"; }

# authority DIR FROM TO: a root and an authority under it, valid then.
authority() {
    mkdir -p "$1"
    cat >"$1/tsa.cnf" <<END
[tsa]
default_tsa = one
[one]
serial = ./serial
signer_cert = ./tsa.pem
certs = ./root.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[ca]
database = ./index
new_certs_dir = .
serial = ./number
default_md = sha256
policy = any
x509_extensions = stamps
[any]
commonName = supplied
[stamps]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
END
    (cd "$1" && : >index && echo 01 >number && echo 01 >serial &&
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem \
            -subj "/CN=Root of $1" -days 3650 &&
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj "/CN=Stamps of $1" &&
        openssl ca -batch -config tsa.cnf -name ca -cert root.pem -keyfile root.key -in tsa.csr -out tsa.pem \
            -notext -startdate "$2" -enddate "$3") >openssl.log 2>&1 || fail "no authority: $(tail -n 5 openssl.log)"
}
reply() { (cd "$1" && openssl ts -reply -config tsa.cnf -queryfile "../$2" -out "../$3") >openssl.log 2>&1 || fail "no reply: $(cat openssl.log)"; }

authority good 20200101000000Z 20490101000000Z
authority stranger 20200101000000Z 20490101000000Z
authority expired 20200101000000Z 20210101000000Z
log key log $ORIGIN >log.vkey
log note log $ORIGIN 7 >seven
log note log $ORIGIN 8 >eight
head -n 3 seven >seven.text

# --- by hand ---
expect_exit 0 stamp --checkpoint seven --query q.tsq
says "size 7"
openssl ts -query -in q.tsq -text >q.text 2>&1
grep -q 'Certificate required: yes' q.text && grep -q 'Nonce: 0x' q.text || fail "the query lacks something: $(cat q.text)"
reply good q.tsq r.tsr
expect_exit 0 stamp --checkpoint seven --reply r.tsr --query q.tsq --tsa-ca good/root.pem --out kept.tsr --json
json_is .size 7
json_is .authority 'CN=Stamps of good'
json_is .policy 1.2.3.4.1
json_is .accuracy_ms 1000
openssl ts -verify -in kept.tsr -data seven.text -CAfile good/root.pem >openssl.log 2>&1 || fail "openssl does not agree: $(cat openssl.log)"
openssl ts -reply -in r.tsr -token_out -out r.token >openssl.log 2>&1
expect_exit 0 stamp --checkpoint seven --reply r.token --tsa-ca good/tsa.pem --out again.tsr
openssl ts -verify -in again.tsr -data seven.text -CAfile good/root.pem >openssl.log 2>&1 || fail "openssl does not agree on what was a token: $(cat openssl.log)"

# --- what is wrong is named ---
wrong() { # EXIT WORD ARG…
    expect_exit "$1" stamp --checkpoint "${CHECKPOINT:-seven}" "${@:3}"
    says "$2"
}
CHECKPOINT=eight wrong 10 'another hash' --reply r.tsr --tsa-ca good/root.pem
wrong 10 pinned --reply r.tsr --tsa-ca stranger/root.pem
expect_exit 0 stamp --checkpoint seven --query q2.tsq
wrong 10 nonce --reply r.tsr --query q2.tsq --tsa-ca good/root.pem
reply expired q2.tsq expired.tsr
wrong 10 expired --reply expired.tsr --tsa-ca expired/root.pem
head -c 200 r.tsr >cut.tsr
wrong 3 'no reply and no token' --reply cut.tsr --tsa-ca good/root.pem
head -c 3000 /dev/urandom >noise.tsr
wrong 3 'no reply and no token' --reply noise.tsr --tsa-ca good/root.pem
openssl ts -query -digest "$(head -c 64 /dev/zero | tr '\0' a | head -c 40)" -sha1 -out sha1.tsq >openssl.log 2>&1
reply good sha1.tsq refused.tsr
wrong 8 'gives no time stamp' --reply refused.tsr --tsa-ca good/root.pem
wrong 3 'no certificate' --reply r.tsr --tsa-ca seven
wrong 3 seals.toml --reply r.tsr --config /dev/null
expect_exit 3 stamp --checkpoint log.vkey --query q3.tsq

# --- over HTTP ---
python3 "$SEALS_SOURCE/tests/system/outside_authority.py" good port & SERVER=$!
trap 'kill $SERVER' EXIT
eventually 10 test -s port
URL=http://127.0.0.1:$(cat port)
expect_exit 0 stamp --checkpoint seven --tsa-url "$URL/ok" --tsa-ca good/root.pem --out web.tsr
openssl ts -verify -in web.tsr -data seven.text -CAfile good/root.pem >openssl.log 2>&1 || fail "openssl does not agree: $(cat openssl.log)"
cat >seals.toml <<END
[node]
organisation = "example.com"
id = "cab-1"
simulated = true
[evidence]
tsa_url = "$URL/ok"
tsa_ca = "$TMP/good/root.pem"
[[slot]]
id = "1"
END
expect_exit 0 stamp --checkpoint seven --config seals.toml
says 'Stamps of good'
wrong 10 pinned --tsa-url "$URL/ok" --tsa-ca stranger/root.pem
wrong 8 'status 500' --tsa-url "$URL/down" --tsa-ca good/root.pem
wrong 8 'status 302' --tsa-url "$URL/elsewhere" --tsa-ca good/root.pem
wrong 8 'text/html' --tsa-url "$URL/html" --tsa-ca good/root.pem
wrong 8 'more than 20480 bytes' --tsa-url "$URL/huge" --tsa-ca good/root.pem
wrong 8 127.0.0.1:1 --tsa-url http://127.0.0.1:1/ --tsa-ca good/root.pem
wrong 3 'no http or https' --tsa-url file:///etc/passwd --tsa-ca good/root.pem
wrong 9 'did not answer' --tsa-url "$URL/late" --tsa-ca good/root.pem

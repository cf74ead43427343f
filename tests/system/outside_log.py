"""A log that is none of ours (RFC 6962, c2sp.org/signed-note, tlog-cosignature), by hashlib and the
openssl program alone. It lies when it is told to: leaves from a fork on are others.

  outside_log.py key DIR ORIGIN                    makes DIR/key.pem, prints its vkey
  outside_log.py note DIR ORIGIN SIZE [FORK]       prints a checkpoint
  outside_log.py body DIR ORIGIN OLD SIZE [FORK]   prints an add-checkpoint request body
  outside_log.py check VKEY BODY LINES             LINES has a cosignature of VKEY over BODY's
                                                   checkpoint; prints its time
"""
import base64, hashlib, os, subprocess, sys, tempfile

DER = bytes.fromhex("302a300506032b6570032100")  # of an Ed25519 public key


def h(data):
    return hashlib.sha256(data).digest()


def leaf(i, fork):
    return h(b"\0" + (b"fork%d" % i if fork is not None and i >= fork else b"leaf%d" % i))


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def root(leaves):
    if not leaves:
        return h(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return h(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def consistency(m, leaves, whole=True):
    n = len(leaves)
    if m == n:
        return [] if whole else [root(leaves)]
    k = split(n)
    if m <= k:
        return consistency(m, leaves[:k], whole) + [root(leaves[k:])]
    return consistency(m - k, leaves[k:], False) + [root(leaves[:k])]


def openssl(*args, data=None):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data or b"")
        file.flush()
        return subprocess.run(["openssl", *args, "-in", file.name] if data else ["openssl", *args],
                              capture_output=True)


def public(folder):
    return openssl("pkey", "-in", folder + "/key.pem", "-pubout", "-outform", "DER").stdout[-32:]


def key_id(name, kind, key):
    return h(name.encode() + b"\n" + bytes([kind]) + key)[:4]


def b64(data):
    return base64.b64encode(data).decode()


def note(folder, origin, size, fork):
    text = "%s\n%d\n%s\n" % (origin, size, b64(root([leaf(i, fork) for i in range(size)])))
    signed = openssl("pkeyutl", "-sign", "-rawin", "-inkey", folder + "/key.pem", data=text.encode())
    assert len(signed.stdout) == 64, signed.stderr
    return "%s\n\u2014 %s %s\n" % (text, origin, b64(key_id(origin, 1, public(folder)) + signed.stdout))


def body(folder, origin, old, size, fork):
    hashes = consistency(old, [leaf(i, fork) for i in range(size)]) if 0 < old <= size else []
    return "old %d\n%s\n%s" % (old, "".join(b64(x) + "\n" for x in hashes),
                               note(folder, origin, size, fork))


def check(vkey, text, lines):
    name, _, material = vkey.strip().split("+", 2)
    material = base64.b64decode(material)
    assert material[0] == 4
    signed = text.split("\n\n", 1)[1].split("\n\n")[0] + "\n"
    for line in lines.splitlines():
        dash, who, signature = line.split(" ")
        signature = base64.b64decode(signature)
        if who != name or signature[:4] != key_id(name, 4, material[1:]):
            continue
        time = int.from_bytes(signature[4:12], "big")
        with tempfile.TemporaryDirectory() as at:
            open(at + "/k", "wb").write(DER + material[1:])
            open(at + "/s", "wb").write(signature[12:])
            done = openssl("pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
                           at + "/k", "-sigfile", at + "/s",
                           data=("cosignature/v1\ntime %d\n%s" % (time, signed)).encode())
        assert done.returncode == 0, done.stderr
        print(time)
        return
    sys.exit("no cosignature of " + name)


def main(verb, *args):
    if verb == "key":
        folder, origin = args
        os.makedirs(folder, exist_ok=True)
        openssl("genpkey", "-algorithm", "ed25519", "-out", folder + "/key.pem")
        key = public(folder)
        print("%s+%s+%s" % (origin, key_id(origin, 1, key).hex(), b64(b"\1" + key)))
    elif verb == "check":
        check(args[0], open(args[1]).read(), open(args[2]).read())
    else:
        numbers = [int(x) for x in args[2:]]
        want = 1 if verb == "note" else 2
        fork = numbers[want] if len(numbers) > want else None
        make = note if verb == "note" else body
        sys.stdout.write(make(args[0], args[1], *numbers[:want], fork))


main(*sys.argv[1:])

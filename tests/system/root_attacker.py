"""root_attacker.py LEDGER.DB ATTACK: what somebody with root, this format's manual and patience does
to a ledger that is not open. Everything that can be worked out again from the entries is; what
needs a key or a copy elsewhere is not.

  edit       a leaf alone                      hash     a leaf and its hash
  tree       a leaf, hashes, block roots and root
  forget     the same, and the checkpoints kept in the ledger are gone
  truncate   the last 5 entries are gone, tree and chains' ends fit
  gap        an entry is gone                  renumber an entry is gone, those after it move up
  text       a personal text                   view     a row of the views
"""
import hashlib, json, sqlite3, sys

path, attack = sys.argv[1:3]
db = sqlite3.connect(path)


def sha(data):
    return hashlib.sha256(data).digest()


def entries():
    return db.execute("SELECT seq, leaf FROM entry ORDER BY seq").fetchall()


def root(hashes):
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return sha(b"\x01" + root(hashes[:half]) + root(hashes[half:]))


def canonical(leaf):
    return json.dumps(leaf, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def put(seq, leaf):
    db.execute("UPDATE entry SET leaf=? WHERE seq=?", (canonical(leaf), seq))


def redo_hashes():
    for seq, leaf in entries():
        db.execute("UPDATE entry SET hash=? WHERE seq=?", (sha(b"\x00" + leaf), seq))


def redo_tree():
    redo_hashes()
    hashes = [h for (h,) in db.execute("SELECT hash FROM entry ORDER BY seq")]
    db.execute("DELETE FROM block")
    for n in range(len(hashes) // 256):
        db.execute("INSERT INTO block VALUES(?, ?)", (n, root(hashes[n * 256:n * 256 + 256])))
    db.execute("UPDATE head SET sn=?, root=? WHERE seal=''", (len(hashes), root(hashes)))


def redo_heads():
    ends = {}
    for seq, leaf in entries():
        fields = json.loads(leaf)
        if "seal" in fields:
            ends[fields["seal"]] = (fields["sn"], seq)
    for seal, (sn, seq) in ends.items():
        db.execute("UPDATE head SET sn=?, seq=? WHERE seal=?", (sn, seq, seal))
    for (seal,) in db.execute("SELECT seal FROM head WHERE seal<>''").fetchall():
        if seal not in ends:
            db.execute("DELETE FROM head WHERE seal=?", (seal,))


def some_take():
    """The seq and members of an entry worth changing, not among the newest 64."""
    for seq, leaf in entries():
        fields = json.loads(leaf)
        if fields["type"] == "seal.taken":
            return seq, fields
    raise SystemExit("no take in this ledger")


seq, fields = some_take()
size = entries()[-1][0]
if attack in ("edit", "hash", "tree", "forget"):
    fields["person"] = "E3"
    put(seq, fields)
    if attack == "hash":
        redo_hashes()
    if attack in ("tree", "forget"):
        redo_tree()
    if attack == "forget":
        db.execute("DELETE FROM received")
        db.execute("DELETE FROM checkpoint")
elif attack == "truncate":
    db.execute("DELETE FROM entry WHERE seq>?", (size - 5,))
    db.execute("DELETE FROM personal WHERE seq>?", (size - 5,))
    redo_tree()
    redo_heads()
elif attack == "gap":
    db.execute("DELETE FROM entry WHERE seq=?", (seq,))
elif attack == "renumber":
    after = [(s, json.loads(leaf)) for s, leaf in entries() if s > seq]
    db.execute("DELETE FROM entry WHERE seq>=?", (seq,))
    for s, leaf in after:
        leaf["seq"] = s - 1
        db.execute("INSERT INTO entry VALUES(?, ?, x'00')", (s - 1, canonical(leaf)))
    redo_tree()
elif attack == "text":
    db.execute("UPDATE personal SET text='李四' WHERE field='title' AND seq="
               "(SELECT min(seq) FROM personal WHERE field='title')")
elif attack == "view":
    db.execute("UPDATE view SET body=CAST(replace(CAST(body AS TEXT), 'in_slot', 'in_hand') AS BLOB)"
               " WHERE kind='seal' AND id='YZ-4'")
else:
    raise SystemExit("no such attack: " + attack)
db.commit()
print(seq, size)

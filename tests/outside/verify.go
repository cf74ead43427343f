// verify DIR: checks a folder of evidence with Go's own packages of transparency logs
// (golang.org/x/mod/sumdb/note and tlog, as Debian has them) and with nothing of ours.
//
//	device.vkey, checkpoint        the newest checkpoint and who signed it
//	N.leaf, N.tlog-proof           each entry stands in the tree of its checkpoint
//	older, consistency             the tree of the older checkpoint is the newer one's beginning
//	dump                           every leaf: gives the root of the checkpoint
//	witness.vkey                   its cosignature of the checkpoint is right
//
// Exit status 0 and a line for each check, or 1 and what is wrong.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
	text   string
}

var verifier note.Verifier

func fail(format string, args ...interface{}) {
	fmt.Printf("WRONG "+format+"\n", args...)
	os.Exit(1)
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		fail("%v", err)
	}
	return data
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// The text of a note that the device signed.
func open(what string, data []byte) checkpoint {
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		fail("%s: %v", what, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("%s: not three lines of %s", what, verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("%s: %v", what, err)
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		fail("%s: %v", what, err)
	}
	return checkpoint{lines[0], size, root, opened.Text}
}

// The number in the line "WORD N", the hashes up to the empty line, and what follows.
func parse(what, word string, data []byte) (int64, []tlog.Hash, []byte) {
	var hashes []tlog.Hash
	number := int64(-1)
	for {
		end := bytes.IndexByte(data, '\n')
		if end < 0 {
			fail("%s: ends too early", what)
		}
		line := string(data[:end])
		data = data[end+1:]
		switch {
		case line == "":
			return number, hashes, data
		case number < 0 && strings.HasPrefix(line, word+" "):
			n, err := strconv.ParseInt(line[len(word)+1:], 10, 64)
			if err != nil {
				fail("%s: %v", what, err)
			}
			number = n
		case number >= 0:
			hash, err := tlog.ParseHash(line)
			if err != nil {
				fail("%s: %v", what, err)
			}
			hashes = append(hashes, hash)
		case line != "c2sp.org/tlog-proof@v1":
			fail("%s: line %q", what, line)
		}
	}
}

func checkLeaf(path string) {
	leaf := read(path)
	name := strings.TrimSuffix(path, ".leaf") + ".tlog-proof"
	index, hashes, rest := parse(name, "index", read(name))
	tree := open(name, rest)
	err := tlog.CheckRecord(tlog.RecordProof(hashes), tree.size, tree.root, index, tlog.RecordHash(leaf))
	if err != nil {
		fail("%s: %v", path, err)
	}
	fmt.Printf("ok entry %d in %d\n", index+1, tree.size)
}

func checkConsistency(dir string) {
	older := open("older", read(filepath.Join(dir, "older")))
	size, hashes, rest := parse("consistency", "old", read(filepath.Join(dir, "consistency")))
	newer := open("consistency", rest)
	if size != older.size {
		fail("consistency: is from %d, the older has %d", size, older.size)
	}
	err := tlog.CheckTree(tlog.TreeProof(hashes), newer.size, newer.root, older.size, older.root)
	if err != nil {
		fail("consistency: %v", err)
	}
	fmt.Printf("ok %d is the beginning of %d\n", older.size, newer.size)
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		if i >= int64(len(s)) {
			return nil, errors.New("hash not there")
		}
		out = append(out, s[i])
	}
	return out, nil
}

func checkDump(path string, tree checkpoint) {
	data := read(path)
	var hashes stored
	count := int64(0)
	for len(data) > 0 && count < tree.size {
		if len(data) < 4 || uint32(len(data)-4) < binary.BigEndian.Uint32(data) {
			fail("dump: cut in a leaf")
		}
		length := binary.BigEndian.Uint32(data)
		more, err := tlog.StoredHashes(count, data[4:4+length], hashes)
		if err != nil {
			fail("dump: %v", err)
		}
		hashes = append(hashes, more...)
		data = data[4+length:]
		count++
	}
	root, err := tlog.TreeHash(count, hashes)
	if err != nil || count != tree.size || root != tree.root {
		fail("dump: %d leaves give root %v, the checkpoint has %v of %d", count, root, tree.root, tree.size)
	}
	fmt.Printf("ok dump of %d\n", count)
}

// cosignature/v1: x/mod knows only keys of type 1, so the line is read here.
func checkWitness(path string, signed []byte, tree checkpoint) {
	parts := strings.SplitN(strings.TrimSpace(string(read(path))), "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		fail("witness.vkey: no key of type 4")
	}
	for _, line := range strings.Split(string(signed), "\n") {
		if !strings.HasPrefix(line, "— "+parts[0]+" ") {
			continue
		}
		sig, err := base64.StdEncoding.DecodeString(line[strings.LastIndexByte(line, ' ')+1:])
		if err != nil || len(sig) != 4+8+64 || fmt.Sprintf("%x", sig[:4]) != parts[1] {
			fail("cosignature: not of that key")
		}
		text := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig[4:12]), tree.text)
		if !ed25519.Verify(key[1:], []byte(text), sig[12:]) {
			fail("cosignature: does not verify")
		}
		fmt.Printf("ok cosigned by %s\n", parts[0])
		return
	}
	fail("cosignature: none of %s", parts[0])
}

func main() {
	dir := os.Args[1]
	var err error
	verifier, err = note.NewVerifier(strings.TrimSpace(string(read(filepath.Join(dir, "device.vkey")))))
	if err != nil {
		fail("device.vkey: %v", err)
	}
	signed := read(filepath.Join(dir, "checkpoint"))
	tree := open("checkpoint", signed)
	fmt.Printf("ok checkpoint of %d by %s\n", tree.size, tree.origin)
	leaves, _ := filepath.Glob(filepath.Join(dir, "*.leaf"))
	for _, path := range leaves {
		checkLeaf(path)
	}
	if there(filepath.Join(dir, "consistency")) {
		checkConsistency(dir)
	}
	if there(filepath.Join(dir, "dump")) {
		checkDump(filepath.Join(dir, "dump"), tree)
	}
	if there(filepath.Join(dir, "witness.vkey")) {
		checkWitness(filepath.Join(dir, "witness.vkey"), signed, tree)
	}
}

// A reader of Vestige records, written from docs/format.md with Go's standard library alone. It shares no code with Vestige.
//
//	reader check FOLDER [VKEY]   check a published folder; one line a finding, exit code 1 when there is one
//	reader judge < CASES         judge ledgers given as JSON, for tests
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	switch {
	case len(os.Args) >= 3 && os.Args[1] == "check":
		vkey := ""
		if len(os.Args) > 3 {
			vkey = os.Args[3]
		}
		found, size := check(os.Args[2], vkey)
		for _, one := range found {
			fmt.Println(one)
		}
		if len(found) > 0 {
			os.Exit(1)
		}
		fmt.Printf("unchanged: %d entries\n", size)
	case len(os.Args) == 2 && os.Args[1] == "judge":
		judgeCases()
	case len(os.Args) == 2 && os.Args[1] == "bodies":
		readBodies()
	default:
		fmt.Fprintln(os.Stderr, "usage: reader check FOLDER [VKEY] | reader judge < CASES | reader bodies < CASES")
		os.Exit(2)
	}
}

// check gives what is wrong with a published folder, and how many entries its checkpoint covers.
func check(site, vkey string) ([]string, int) {
	found := []string{}
	tell := func(finding, where, why string) {
		found = append(found, strings.TrimSpace(fmt.Sprintf("%s %s: %s", finding, where, why)))
	}
	note, err := os.ReadFile(filepath.Join(site, "ledger/checkpoint"))
	if err != nil {
		return append(found, "missing ledger/checkpoint: "+err.Error()), 0
	}
	lines := strings.Split(string(note), "\n")
	if len(lines) < 5 {
		return append(found, "modified ledger/checkpoint: too few lines"), 0
	}
	size, err := strconv.Atoi(lines[1])
	if err != nil || size < 1 || strconv.Itoa(size) != lines[1] {
		return append(found, "modified ledger/checkpoint: its size is no number"), 0
	}
	if vkey != "" { // before the walk, so that a made-up size costs nothing
		raw := keyOf(vkey, lines[0])
		if raw == nil || signedText(note, lines[0], []ed25519.PublicKey{raw}) == nil {
			return append(found, "unsigned ledger/checkpoint: not signed by the key that was given"), size
		}
	}
	leaves, err := leavesOf(filepath.Join(site, "ledger"), size)
	if err != nil {
		return append(found, "missing ledger/tile/entries: "+err.Error()), size
	}
	if root := rootOf(leaves); base64.StdEncoding.EncodeToString(root[:]) != lines[2] {
		tell("modified", "ledger/checkpoint", "the entries do not lead to its root")
	}
	j := newJudge()
	for index, leaf := range leaves {
		where := "entry " + strconv.Itoa(index)
		salt, body, altered := bodyOf(site, envelopeOf(leaf))
		if altered {
			tell("modified", where, "not the body that it commits to")
		}
		if why := j.judge(leaf, salt, body); why.rule != "" {
			tell(why.finding, where, "void by the rule "+why.rule)
		}
	}
	if j.policy == nil {
		return found, size
	}
	logs := []ed25519.PublicKey{}
	for _, k := range j.policy.keys {
		if k.role == "log" && !k.retired {
			logs = append(logs, k.raw)
		}
	}
	if lines[0] != j.policy.origin || signedText(note, j.policy.origin, logs) == nil {
		tell("unsigned", "ledger/checkpoint", "not signed by a log key of the policy in force")
	}
	listed, _ := os.ReadFile(filepath.Join(site, "manifest"))
	manifest := signedText(listed, j.policy.origin, logs)
	if manifest == nil {
		tell("unsigned", "manifest", "not signed by a log key of the policy in force")
		return found, size
	}
	rows := strings.Split(strings.TrimSuffix(string(manifest), "\n"), "\n")
	if len(rows) < 2 || rows[0] != j.policy.origin || rows[1] != "vestige manifest 1" {
		tell("modified", "manifest", "not a manifest of this record")
		return found, size
	}
	for _, row := range rows[2:] {
		wanted, path, _ := strings.Cut(row, "  ")
		data, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(path)))
		if path == "ledger/checkpoint" {
			data = textOf(data)
		}
		if err != nil {
			tell("missing", path, "the manifest names it")
		} else if digest(data) != wanted {
			tell("modified", path, "not the bytes that the manifest names")
		}
	}
	return found, size
}

// leavesOf gives the entries of the first bundles; a full bundle stands for a partial one.
func leavesOf(ledger string, size int) ([][]byte, error) {
	leaves := [][]byte{}
	for number := 0; number*256 < size; number++ {
		path := filepath.Join(ledger, "tile/entries", filepath.FromSlash(tilePath(number)))
		data, err := os.ReadFile(path)
		if err != nil {
			data, err = os.ReadFile(filepath.Join(path+".p", strconv.Itoa(size%256)))
		}
		if err != nil {
			return nil, err
		}
		for len(data) >= 2 {
			end := 2 + int(data[0])<<8 + int(data[1])
			if end > len(data) {
				return nil, fmt.Errorf("bundle %d is cut", number)
			}
			leaves = append(leaves, data[2:end])
			data = data[end:]
		}
	}
	if len(leaves) < size {
		return nil, fmt.Errorf("%d entries of %d", len(leaves), size)
	}
	return leaves[:size], nil
}

// tilePath writes a number as tlog-tiles does: 1234067 is x001/x234/067.
func tilePath(number int) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number /= 1000; number > 0; number /= 1000 {
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	return path
}

// rootOf is the Merkle tree hash of RFC 6962, 2.1.
func rootOf(leaves [][]byte) [32]byte {
	if len(leaves) == 1 {
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	}
	split := 1 << (bits.Len(uint(len(leaves)-1)) - 1)
	left, right := rootOf(leaves[:split]), rootOf(leaves[split:])
	return sha256.Sum256(bytes.Join([][]byte{{1}, left[:], right[:]}, nil))
}

// bodyOf gives the salt and body that are published of an entry, if they are those that it commits to.
func bodyOf(site string, e *envelope) (salt, body []byte, altered bool) {
	if e == nil {
		return nil, nil, false
	}
	data, err := os.ReadFile(filepath.Join(site, "body", e.body[:2], e.body))
	if err != nil {
		return nil, nil, false
	}
	written, rest, _ := bytes.Cut(bytes.TrimSuffix(data, []byte("\n")), []byte(" "))
	salt, _ = hex.DecodeString(string(written))
	if digest(salt, rest) != e.body {
		return nil, nil, true
	}
	return salt, rest, false
}

// textOf gives the text of a note, without its signature lines.
func textOf(note []byte) []byte {
	if at := bytes.LastIndex(note, []byte("\n\n")); at >= 0 {
		return note[:at+1]
	}
	return note
}

// keyOf reads a verifier key: origin+id+base64(0x01 ‖ key), the id being what the key gives.
func keyOf(vkey, origin string) ed25519.PublicKey {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 || parts[0] != origin {
		return nil
	}
	raw := fromBase64(parts[2], 33)
	if raw == nil || raw[0] != 1 || hex.EncodeToString(keyID(origin, raw[1:])) != parts[1] || !sound(raw[1:]) {
		return nil
	}
	return raw[1:]
}

func keyID(origin string, raw []byte) []byte {
	sum := sha256.Sum256(append([]byte(origin+"\n\x01"), raw...))
	return sum[:4]
}

// signedText gives the text of a note that one of some keys has signed under the origin; a line of one of them that does not fit refuses it.
func signedText(note []byte, origin string, keys []ed25519.PublicKey) []byte {
	text := textOf(note)
	signed := false
	for _, line := range strings.Split(strings.TrimSuffix(string(note[len(text):]), "\n"), "\n")[1:] {
		parts := strings.Split(line, " ")
		if len(parts) != 3 || parts[0] != "—" {
			return nil
		}
		data, err := base64.StdEncoding.Strict().DecodeString(parts[2])
		if err != nil || len(data) < 5 {
			return nil
		}
		for _, raw := range keys {
			if parts[1] == origin && bytes.Equal(data[:4], keyID(origin, raw)) {
				if !ed25519.Verify(raw, text, data[4:]) {
					return nil
				}
				signed = true
			}
		}
	}
	if !signed {
		return nil
	}
	return text
}

// judgeCases answers the cases of tests/vectors/ledgers.json: for each entry of each ledger null, or finding and rule.
func judgeCases() {
	var given struct {
		Ledgers []struct {
			Entries []struct {
				Leaf string
				Salt *string
				Body *string
			}
		}
	}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	answers := [][][]string{}
	for _, ledger := range given.Ledgers {
		j, answer := newJudge(), [][]string{}
		for _, one := range ledger.Entries {
			leaf, _ := base64.StdEncoding.DecodeString(one.Leaf)
			var salt, body []byte
			if one.Salt != nil {
				salt, _ = hex.DecodeString(*one.Salt)
			}
			if one.Body != nil {
				body = []byte(*one.Body)
			}
			if why := j.judge(leaf, salt, body); why.rule == "" {
				answer = append(answer, nil)
			} else {
				answer = append(answer, []string{why.finding, why.rule})
			}
		}
		answers = append(answers, answer)
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}

// readBodies answers the cases of tests/vectors/bodies.json: for each the rule that it breaks by its form, as far as every reader must know it.
func readBodies() {
	var given struct {
		Bodies []struct{ Kind, Body string }
	}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	answers := []string{}
	for _, one := range given.Bodies {
		answers = append(answers, ruleOf(one.Kind, []byte(one.Body)))
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}

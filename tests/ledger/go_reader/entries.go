package main

// Envelopes, policies, and which entries are void: the rules of docs/format.md in their order.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
	"time"
)

var (
	hash   = regexp.MustCompile(`^[0-9a-f]{64}$`)
	word   = regexp.MustCompile(`^[a-z]{1,20}$`)
	thing  = regexp.MustCompile(`^[a-z]{1,20}:[a-z2-7]{16}$`)
	moment = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)

	contributed = set("site", "actor", "source", "statement", "assessment", "observation", "withdrawal")
	ownOnly     = set("assessment", "endorsement", "observation")
	ends        = set("withdrawal", "opening")
	ruled       = set("policy", "withdrawal", "opening")
)

func set(words ...string) map[string]bool {
	found := map[string]bool{}
	for _, one := range words {
		found[one] = true
	}
	return found
}

type envelope struct {
	kind, about, made, by, replaces, body, visibility, sig string
	cites                                                  []string
	signed                                                 []byte // what the signature covers, but the lines before it
}

// void says why an entry does not count; its rule is empty where it does.
type void struct{ finding, rule string }

func digest(data ...[]byte) string {
	sum := sha256.Sum256(bytes.Join(data, nil))
	return hex.EncodeToString(sum[:])
}

func ownID(kind, commitment string) string {
	raw, _ := hex.DecodeString(commitment)
	return kind + ":" + strings.ToLower(base32.StdEncoding.EncodeToString(raw[:10]))
}

// fromBase64 gives so many bytes that are written in canonical base64, or nothing.
func fromBase64(value any, size int) []byte {
	written, _ := value.(string)
	data, err := base64.StdEncoding.Strict().DecodeString(written)
	if err != nil || len(data) != size || base64.StdEncoding.EncodeToString(data) != written {
		return nil
	}
	return data
}

func envelopeOf(leaf []byte) *envelope {
	value, err := parse(leaf)
	fields, ok := value.(map[string]any)
	if err != nil || !ok || len(leaf) > 65535 || len(fields) != 10 || !bytes.Equal(canonical(value), leaf) {
		return nil
	}
	text := func(name string) string {
		found, _ := fields[name].(string)
		return found
	}
	e := &envelope{kind: text("kind"), about: text("about"), made: text("made"), by: text("by"), body: text("body"), visibility: text("visibility"), sig: text("sig")}
	version, _ := fields["vestige"].(json.Number)
	cites, listed := fields["cites"].([]any)
	replaces, has := fields["replaces"]
	e.replaces = text("replaces")
	good := version == "1" && word.MatchString(e.kind) && thing.MatchString(e.about) && strings.HasPrefix(e.about, e.kind+":") &&
		moment.MatchString(e.made) && hash.MatchString(e.by) && hash.MatchString(e.body) && has && (replaces == nil || hash.MatchString(e.replaces)) &&
		(e.visibility == "public" || e.visibility == "withheld") && fromBase64(fields["sig"], 64) != nil && listed && len(cites) <= 800
	if _, err := time.Parse("2006-01-02T15:04:05Z", e.made); err != nil || !good {
		return nil
	}
	for _, cited := range cites {
		name, _ := cited.(string)
		if !hash.MatchString(name) {
			return nil
		}
		e.cites = append(e.cites, name)
	}
	delete(fields, "sig")
	e.signed = canonical(fields)
	return e
}

type key struct {
	raw                  ed25519.PublicKey
	role, person, handle string
	retired              bool
}

type policy struct {
	origin string
	keys   map[string]key
}

// sound tells whether somebody can hold a key: y below 2^255 - 19, and no point of small order.
func sound(raw []byte) bool {
	y := littleEndian(raw)
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	small := []*big.Int{big.NewInt(0), big.NewInt(1), new(big.Int).Sub(p, big.NewInt(1))}
	for _, one := range []string{
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	} {
		raw, _ := hex.DecodeString(one)
		small = append(small, littleEndian(raw))
	}
	for _, one := range small {
		if y.Cmp(one) == 0 {
			return false
		}
	}
	return y.Cmp(p) < 0
}

func littleEndian(raw []byte) *big.Int {
	turned := make([]byte, len(raw))
	for i, one := range raw {
		turned[len(raw)-1-i] = one
	}
	turned[0] &= 0x7f
	return new(big.Int).SetBytes(turned)
}

// policyOf gives the keys and the origin of a policy's body, or nothing when it is none.
func policyOf(body map[string]any) *policy {
	if !formsOfPolicy.fit(body) || !translatedOnce(body) {
		return nil
	}
	witnesses, _ := body["witnesses"].([]any)
	if quorum, _ := body["quorum"].(json.Number); wholeNumber(quorum) > len(witnesses) {
		return nil
	}
	found, live, handles := &policy{body["origin"].(string), map[string]key{}}, set(), set()
	for _, one := range body["keys"].([]any) {
		fields := one.(map[string]any)
		raw := fromBase64(fields["public"], 32)
		k := key{raw: raw, handle: fields["handle"].(string), role: fields["role"].(string)}
		k.person, _ = fields["person"].(string)
		k.retired, _ = fields["retired"].(bool)
		if k.person == "" {
			k.person = k.handle
		}
		if _, twice := found.keys[digest(raw)]; twice || !sound(raw) || handles[k.handle] {
			return nil
		}
		handles[k.handle] = true
		found.keys[digest(raw)] = k
		live[k.role] = live[k.role] || !k.retired
	}
	if !live["keeper"] || !live["log"] {
		return nil
	}
	return found
}

type counted struct {
	*envelope
	person string
}

type held struct {
	person string
	log    bool
}

type judge struct {
	policy                              *policy
	inForce                             string
	ever                                map[string]held
	counting                            map[string]counted
	begun                               map[string]string
	replaced, withdrawn, opened, leaves map[string]bool
	salts                               map[string][]byte
	index                               int
}

func newJudge() *judge {
	return &judge{ever: map[string]held{}, counting: map[string]counted{}, begun: map[string]string{}, replaced: set(), withdrawn: set(), opened: set(),
		leaves: set(), salts: map[string][]byte{}}
}

func (e *envelope) signedBy(raw ed25519.PublicKey, origin string) bool {
	message := append([]byte("vestige entry v1\n"+origin+"\n"), e.signed...)
	sig, _ := base64.StdEncoding.DecodeString(e.sig)
	return ed25519.Verify(raw, message, sig)
}

// judge gives why the next entry is void; salt and body are nil where the reader has none.
func (j *judge) judge(leaf, salt, body []byte) void {
	index := j.index
	j.index++
	e := envelopeOf(leaf)
	if e == nil && j.policy != nil {
		return void{"malformed", "envelope"}
	}
	if j.policy == nil && (index > 0 || e == nil || !j.first(e, body)) {
		return void{"unsigned", "first"}
	}
	if found := j.ofEnvelope(e, leaf); found.rule != "" {
		return found
	}
	parsed, found := j.ofBody(e, body)
	if found.rule == "" || !(ruled[found.rule] || ruled[e.kind]) {
		j.remember(e, leaf, salt, parsed)
	}
	return found
}

// first puts the policy in force by which the first entry is itself judged.
func (j *judge) first(e *envelope, body []byte) bool {
	object := objectOf(body)
	if e.kind != "policy" || e.about != ownID("policy", e.body) || e.replaces != "" || len(e.cites) > 0 || e.visibility != "public" || object == nil {
		return false
	}
	found := policyOf(object)
	if found == nil {
		return false
	}
	k, listed := found.keys[e.by]
	if !listed || k.role != "keeper" || k.retired || !e.signedBy(k.raw, found.origin) {
		return false
	}
	j.policy = found
	return true
}

func (j *judge) ofEnvelope(e *envelope, leaf []byte) void {
	k, listed := j.policy.keys[e.by]
	if j.leaves[string(leaf)] {
		return void{"malformed", "doubled"}
	}
	if !listed || k.retired {
		return void{"unsigned", "key"}
	}
	if !e.signedBy(k.raw, j.policy.origin) {
		return void{"unsigned", "signature"}
	}
	if k.role == "log" || k.role == "contributor" && !contributed[e.kind] || k.role == "reviewer" && (e.kind == "policy" || e.kind == "opening") {
		return void{"not-allowed", "role"}
	}
	if ruled[e.kind] && e.visibility == "withheld" {
		return void{"malformed", "visibility"}
	}
	beginner, begun := j.begun[e.about]
	if e.about != ownID(e.kind, e.body) && !begun {
		return void{"malformed", "about"}
	}
	for _, cited := range e.cites {
		if _, there := j.counting[cited]; !there {
			return void{"malformed", "cites"}
		}
	}
	if ends[e.kind] && len(e.cites) != 1 {
		return void{"malformed", "cites"}
	}
	followed, follows := j.counting[beginner]
	if e.replaces != "" {
		before, there := j.counting[e.replaces]
		if !there || before.about != e.about || j.replaced[e.replaces] || j.withdrawn[e.replaces] {
			return void{"malformed", "replaces"}
		}
		followed, follows = before, true
	}
	if follows && followed.person != k.person && (k.role == "contributor" || ownOnly[e.kind]) {
		return void{"not-allowed", "person"}
	}
	if e.kind == "policy" && j.inForce != "" && e.replaces != j.inForce {
		return void{"malformed", "policy"}
	}
	if ends[e.kind] {
		return j.ofEnd(e, k)
	}
	return void{}
}

func (j *judge) ofEnd(e *envelope, k key) void {
	cited := e.cites[0]
	target := j.counting[cited]
	if e.kind == "opening" {
		if target.visibility == "public" || j.withdrawn[cited] || j.opened[cited] {
			return void{"malformed", "opening"}
		}
		return void{}
	}
	opens := target.kind == "opening" && !j.withdrawn[target.cites[0]]
	if target.kind == "policy" || target.kind == "withdrawal" || opens {
		return void{"not-allowed", "withdrawal"}
	}
	if j.withdrawn[cited] {
		return void{"malformed", "withdrawal"}
	}
	if target.person != k.person && k.role != "keeper" {
		return void{"not-allowed", "person"}
	}
	return void{}
}

func (j *judge) ofBody(e *envelope, body []byte) (map[string]any, void) {
	if body == nil {
		return nil, void{}
	}
	object := objectOf(body)
	if object == nil {
		return nil, void{"malformed", "body"}
	}
	if len(body) > 4_000_000 {
		return object, void{"malformed", "fields"}
	}
	switch e.kind {
	case "policy":
		found := policyOf(object)
		if found == nil {
			return object, void{"malformed", "fields"}
		}
		if j.inForce != "" && j.refuses(found) {
			return object, void{"not-allowed", "policy"}
		}
	case "statement":
		if j.policy.keys[e.by].role == "contributor" && object["status"] != "candidate" {
			return object, void{"not-allowed", "status"}
		}
	case "withdrawal", "opening":
		if !formsOfEnds[e.kind].fit(object) {
			return object, void{"malformed", "fields"}
		}
		entry, salt := object["entry"].(string), fromBase64(object["salt"], 32)
		if entry != e.cites[0] {
			return object, void{"malformed", e.kind}
		}
		if known := j.salts[entry]; e.kind == "opening" && known != nil && !bytes.Equal(known, salt) {
			return object, void{"malformed", "opening"}
		}
	}
	return object, void{}
}

func (j *judge) refuses(next *policy) bool {
	for name, k := range next.keys {
		if before, known := j.ever[name]; known && before != (held{k.person, k.role == "log"}) {
			return true
		}
	}
	return next.origin != j.policy.origin
}

func (j *judge) remember(e *envelope, leaf, salt []byte, object map[string]any) {
	name := digest([]byte{0}, leaf)
	j.leaves[string(leaf)] = true
	j.counting[name] = counted{e, j.policy.keys[e.by].person}
	if _, begun := j.begun[e.about]; !begun {
		j.begun[e.about] = name
	}
	j.salts[name] = salt
	if e.replaces != "" {
		j.replaced[e.replaces] = true
	}
	switch e.kind {
	case "withdrawal":
		j.withdrawn[e.cites[0]] = true
	case "opening":
		j.opened[e.cites[0]] = true
	case "policy":
		j.policy, j.inForce = policyOf(object), name
		for name, k := range j.policy.keys {
			j.ever[name] = held{k.person, k.role == "log"}
		}
	}
}

// objectOf gives the object of a body in canonical JSON, or nothing.
func objectOf(body []byte) map[string]any {
	value, err := parse(body)
	object, ok := value.(map[string]any)
	if err != nil || !ok || !bytes.Equal(canonical(value), body) || !readAlike(value, 100) {
		return nil
	}
	return object
}

// ruleOf gives the rule that a body breaks by its form, as far as every reader must know it.
func ruleOf(kind string, body []byte) string {
	object := objectOf(body)
	forms, ends := formsOfEnds[kind]
	switch {
	case object == nil:
		return "body"
	case kind == "policy" && policyOf(object) == nil, ends && !forms.fit(object):
		return "fields"
	}
	return ""
}

package main

// What each field of a policy, a withdrawal and an opening may hold: docs/format.md, "The policy".

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

type form func(any) bool

// forms are fields by name; the name of one that must be there ends in "!".
type forms map[string]form

func (f forms) fit(value any) bool {
	object, ok := value.(map[string]any)
	if !ok {
		return false
	}
	for name := range f {
		if _, there := object[strings.TrimSuffix(name, "!")]; strings.HasSuffix(name, "!") && !there {
			return false
		}
	}
	for name, held := range object {
		one, known := f[name]
		if !known {
			one, known = f[name+"!"]
		}
		if !known || !one(held) {
			return false
		}
	}
	return true
}

func text(most int) form {
	return func(value any) bool {
		written, ok := value.(string)
		return ok && written != "" && utf8.RuneCountInString(written) <= most
	}
}

func like(pattern string) form {
	whole := regexp.MustCompile(`^(?:` + pattern + `)$`)
	return func(value any) bool {
		written, ok := value.(string)
		return ok && whole.MatchString(written)
	}
}

func orNull(one form) form {
	return func(value any) bool { return value == nil || one(value) }
}

func listOf(one form, least int) form {
	return func(value any) bool {
		list, ok := value.([]any)
		for _, item := range list {
			ok = ok && one(item)
		}
		return ok && len(list) >= least
	}
}

func within(least, most int) form {
	return func(value any) bool {
		number, ok := value.(json.Number)
		whole, err := strconv.Atoi(string(number))
		return ok && err == nil && whole >= least && whole <= most
	}
}

func wholeNumber(number json.Number) int {
	whole, _ := strconv.Atoi(string(number))
	return whole
}

const white = "\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

var (
	line      = text(2_000)
	long      = text(100_000)
	language  = like(`[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*`)
	isHash    = like(`[0-9a-f]{64}`)
	isHandle  = like(`[a-z0-9][a-z0-9._-]{0,39}`)
	url       = like(`https?://[!-~]{1,500}`)
	originOf  = like(`[a-z0-9.-]+(/[A-Za-z0-9._-]+)*`)
	raw32     = func(value any) bool { return fromBase64(value, 32) != nil }
	isBoolean = func(value any) bool { _, ok := value.(bool); return ok }
	notBlank  = func(value any) bool {
		written, _ := value.(string)
		return long(value) && strings.Trim(written, white) != ""
	}

	formsOfKey         = forms{"public!": raw32, "handle!": isHandle, "role!": like(`log|contributor|reviewer|keeper`), "person": orNull(isHandle), "retired": isBoolean}
	formsOfWitness     = forms{"vkey!": isWitness, "url": orNull(url)}
	formsOfTranslation = forms{"language!": language, "field!": like(`name|description|balance|limits|contact|imprint|licence`), "text!": notBlank}
	formsOfPolicy      = forms{
		"name!": line, "origin!": func(value any) bool { return originOf(value) && text(100)(value) }, "keys!": listOf(formsOfKey.fit, 1),
		"description": orNull(long), "balance": orNull(long), "limits": orNull(long), "imprint": orNull(long), "contact": orNull(line), "licence": orNull(line),
		"required_assessors": within(1, 20), "sensitive_cell_degrees": isCell, "languages": listOf(language, 1), "region": listOf(like(`[A-Z]{2}`), 0),
		"language": orNull(language), "translations": listOf(formsOfTranslation.fit, 0), "logo": orNull(isHash), "colour": orNull(like(`#[0-9a-f]{6}`)),
		"parties": listOf(like(`[a-z]{1,20}:[a-z2-7]{16}`), 0), "witnesses": listOf(formsOfWitness.fit, 0), "quorum": within(0, 100),
	}
	formsOfEnds = map[string]forms{"withdrawal": {"entry!": isHash, "reason!": long}, "opening": {"entry!": isHash, "salt!": raw32}}
)

func isCell(value any) bool {
	number, _ := value.(json.Number)
	return number == "0.1" || number == "0.5" || number == "1"
}

// isWitness tells whether a value is a witness's verifier key: of type 0x04, with the id that the key gives, and one that somebody can hold.
func isWitness(value any) bool {
	written, _ := value.(string)
	parts := strings.SplitN(written, "+", 3)
	if len(parts) != 3 || parts[0] == "" || utf8.RuneCountInString(parts[0]) > 200 || strings.ContainsAny(parts[0], white+"\ufeff") {
		return false
	}
	for _, sign := range parts[0] {
		if sign < 0x20 || sign >= 0x7f && sign < 0xa0 {
			return false
		}
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	return err == nil && len(raw) == 33 && raw[0] == 4 && sound(raw[1:]) && digest([]byte(parts[0]+"\n"), raw)[:8] == parts[1]
}

// translatedOnce tells whether each field is given once a language, whatever its capitals, and not too often in all.
func translatedOnce(body map[string]any) bool {
	list, _ := body["translations"].([]any)
	seen := set()
	for _, one := range list {
		fields := one.(map[string]any)
		name := fields["field"].(string) + " " + strings.ToLower(fields["language"].(string))
		if seen[name] {
			return false
		}
		seen[name] = true
	}
	return len(list) <= 400
}

// readAlike tells whether every reader of JSON reads a value alike: no whole number is too large for some (RFC 7493; from 1e21 on they have exponents),
// and lists and objects are not within each other more often than room says.
func readAlike(value any, room int) bool {
	switch v := value.(type) {
	case json.Number:
		number, err := v.Float64()
		return err == nil && (strings.ContainsAny(string(v), ".e") || math.Abs(number) < 1<<53)
	case []any:
		for _, item := range v {
			if !readAlike(item, room-1) {
				return false
			}
		}
		return room > 0
	case map[string]any:
		for _, held := range v {
			if !readAlike(held, room-1) {
				return false
			}
		}
		return room > 0
	}
	return true
}

/**
 * Folding text so that a search finds a name however it is typed: without regard to case, accents, vowel signs, the dotted and
 * dotless i, letter variants and apostrophes. Folding is for comparing only; what is shown is always the name as written.
 */

/** Letters that Unicode's compatibility decomposition leaves apart, though people type one for the other. */
const LETTERS: Readonly<Record<string, string>> = {
  // Latin: Azerbaijani and Turkish dotless i, schwa; letters with strokes and ligatures
  ı: "i", ə: "e", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ħ: "h",
  // Cyrillic: Ukrainian ghe with upturn; Azerbaijani Cyrillic schwa
  ґ: "г", ә: "э",
  // Armenian: the ligature yech-yiwn decomposes to եւ; reformed spelling writes եվ
  ւ: "վ",
  // Arabic and Persian variants of one letter
  ى: "ي", ی: "ي", ک: "ك", ة: "ه", ۀ: "ه", ۃ: "ه", ٱ: "ا", گ: "ك",
  // Greek final sigma
  ς: "σ",
};

const VARIANT = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
/** Marks, the soft hyphen, the Arabic tatweel, what turns direction, and the many apostrophes: ʻ ʼ ʽ ʾ ʿ ' ’ ‘ ` ´ ՚ ʹ ʺ. */
const IGNORED = /[\p{M}\u00ad\u0640\u02b0-\u02ff'’‘`´\u055a\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const SEPARATOR = /[^\p{L}\p{N}]+/gu;
const SPACE = /[ \n]/;
const MOST_KNOWN = 50_000;

/** Words folded before: the names of a record are made of the same words again and again. */
const known = new Map<string, string>();

/** Fold a text to lower-case letters and digits with single spaces between words. */
export function fold(text: string): string {
  let folded = "";
  for (const word of text.split(SPACE)) {
    const one = known.get(word) ?? learn(word);
    if (one) folded += folded ? ` ${one}` : one;
  }
  return folded;
}

function learn(word: string): string {
  if (known.size >= MOST_KNOWN) known.clear();
  const folded = foldWord(word);
  known.set(word, folded);
  return folded;
}

function foldWord(word: string): string {
  return word
    .normalize("NFKD")
    .replace(IGNORED, "")
    .toLowerCase()
    // Lower-casing İ gives i and a dot above: fold again what it brought.
    .replace(IGNORED, "")
    .replace(VARIANT, (letter) => LETTERS[letter])
    .replace(DIGIT, (digit) => String((digit.codePointAt(0) as number) & 0xf))
    .replace(SEPARATOR, " ")
    .trim();
}

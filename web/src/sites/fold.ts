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
/** Marks, the Arabic tatweel, and the many apostrophes: ʻ ʼ ʽ ʾ ʿ ' ’ ‘ ` ´ ՚ ʹ ʺ. */
const IGNORED = /[\p{M}\u0640\u02b0-\u02ff'’‘`´\u055a\u200b-\u200f\u2060]/gu;
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const SEPARATOR = /[^\p{L}\p{N}]+/gu;

/** Fold a text to lower-case letters and digits with single spaces between words. */
export function fold(text: string): string {
  return text
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

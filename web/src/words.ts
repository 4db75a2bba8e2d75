/**
 * The islands' words in the reader's language.
 *
 * The loader brings `words-<language>.js`, which leaves its messages in `globalThis.vestigeWords`; terms of the vocabularies come
 * from the page, so that page and island use the same. English is built in for a language that has no file.
 */

import english from "./words/en.json" with { type: "json" };

type Message = string | Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

const builtIn: Readonly<Record<string, Message>> = english;

/** Reads the object in a `<script type="application/json">`, or an empty one. */
export function jsonIn(element: Element | null): Record<string, unknown> {
  if (!element?.textContent) return {};
  try {
    return JSON.parse(element.textContent) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export interface Words {
  readonly language: string;
  /** The message of a key; numbers among the values are written as the language writes them; `count` chooses the plural. */
  say(key: string, values?: Values): string;
  /** A term of a vocabulary in the reader's language. */
  term(list: string, term: string): string;
  number(value: number): string;
}

/** Make the words of a language from messages and terms. */
export function wordsOf(language: string, messages: Record<string, unknown>, terms: Record<string, unknown>): Words {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const written = (value: string | number): string => (typeof value === "number" ? numbers.format(value) : value);
  return {
    language,
    say(key, values = {}) {
      const message = (messages[key] ?? builtIn[key] ?? key) as Message;
      const chosen = typeof message === "string" ? message : (message[plural.select(Number(values.count ?? 0))] ?? message.other);
      return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? written(values[name]) : whole));
    },
    term(list, term) {
      const known = (terms[list] as Record<string, string> | undefined)?.[term];
      return known ?? (list === "country" && /^[A-Z]{2}$/.test(term) ? (countries.of(term) ?? term) : term);
    },
    number: (value) => numbers.format(value),
  };
}

declare global {
  var vestigeWords: Record<string, unknown> | undefined;
}

/** The words for a mark: messages of the page's language, terms that the mark carries in `data-labels`. */
export const wordsFor = (mark: Element): Words =>
  wordsOf(document.documentElement.lang || "en", globalThis.vestigeWords ?? {}, jsonIn(mark.querySelector("script[data-labels]")));

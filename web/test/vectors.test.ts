import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase64, fromHex, toBase64, utf8 } from "../src/ledger/bytes.ts";
import { parseCheckpoint } from "../src/ledger/checkpoint.ts";
import { isSoundPoint, verifyEd25519 } from "../src/ledger/ed25519.ts";
import { EnvelopeError, parseEnvelope, verifyEnvelope } from "../src/ledger/envelope.ts";
import { NoteError, parseNote, parseVkey, signedBy, vkeyOf } from "../src/ledger/note.ts";
import { parsePolicy } from "../src/ledger/policy.ts";
import { type Leaf, LedgerRules, readBody } from "../src/ledger/rules.ts";
import { entryAt } from "../src/check/entries.ts";
import { checkReceipt, parseReceipt } from "../src/checker/receipt.ts";

// The cases that Python must answer alike: tests/ledger/test_vectors.py reads the same files.
const read = (name: string) => JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}.json`, import.meta.url), "utf8"));

async function opens(note: string, vkeys: string[]): Promise<boolean> {
  try {
    return (await signedBy(parseNote(utf8(note)), await Promise.all(vkeys.map(parseVkey)))) !== null;
  } catch (error) {
    assert.ok(error instanceof NoteError, String(error));
    return false;
  }
}

test("notes open as the specification asks", async () => {
  for (const { name, note, keys, opens: wanted } of read("notes").notes) {
    assert.equal(await opens(note, keys), wanted, name);
    for (const vkey of keys) assert.equal(await vkeyOf(await parseVkey(vkey)), vkey);
  }
});

test("checkpoints are read as the specification asks", () => {
  const signature = `\n— o ${toBase64(new Uint8Array(68))}\n`;
  for (const { name, text, parses } of read("checkpoints").checkpoints) {
    const parse = () => parseCheckpoint(utf8(text + signature));
    if (parses) assert.doesNotThrow(parse, name);
    else assert.throws(parse, NoteError, name);
  }
});

test("envelopes are read and their signatures checked as the format asks", async () => {
  const { key, origin, envelopes } = read("envelopes");
  const answer = async (leaf: string): Promise<string> => {
    try {
      return (await verifyEnvelope(origin, parseEnvelope(fromBase64(leaf)), fromBase64(key))) ? "ok" : "signature";
    } catch (error) {
      assert.ok(error instanceof EnvelopeError, String(error));
      return "malformed";
    }
  };
  for (const { name, leaf, answer: wanted } of envelopes) assert.equal(await answer(leaf), wanted, name);
});

test("keys that nobody can hold are refused, and so is what seems signed with them", async () => {
  for (const { key, sound } of read("points").points) assert.equal(isSoundPoint(fromHex(key)), sound, key);
  const identity = fromHex(`01${"00".repeat(31)}`);
  const signature = fromHex(`01${"00".repeat(63)}`);
  assert.equal(await verifyEd25519(identity, signature, utf8("any message")), false);
});

test("bodies are read as the format asks", async () => {
  for (const { name, kind, body, rule } of read("bodies").bodies) assert.equal((await readBody(kind, utf8(body))).rule, rule, name);
});

test("ledgers are judged as the format asks, entry by entry", async () => {
  for (const { name: ledger, entries } of read("ledgers").ledgers) {
    const rules = new LedgerRules();
    const salts = new Map<string, Uint8Array>();
    for (const [index, { leaf, body, salt, void: wanted }] of entries.entries()) {
      const entry = await entryAt(index, fromBase64(leaf));
      const json = body === null ? null : utf8(body);
      const verdict = await rules.judge(entry, json, await isSigned(rules, entry, json), async (name) => salts.get(name) ?? null);
      const got = verdict.void && [verdict.void.kind, verdict.void.rule];
      assert.deepEqual(got, wanted, `${ledger}, entry ${index}`);
      if (body !== null && entry.envelope?.visibility === "withheld") salts.set(entry.name, fromHex(salt));
    }
  }
});

async function isSigned(rules: LedgerRules, { index, envelope }: Leaf, body: Uint8Array | null): Promise<boolean> {
  const first = index === 0 && body ? await parsePolicy(body).catch(() => null) : null;
  const policy = first ?? rules.policy;
  const key = policy?.keys.find(({ fingerprint }) => fingerprint === envelope?.by);
  return policy !== null && envelope !== null && key !== undefined && verifyEnvelope(policy.origin, envelope, key.publicKey);
}

test("receipts are read and checked by their key alone", async () => {
  const answer = async (receipt: string, key: string | null) => {
    try {
      return await checkReceipt(parseReceipt(utf8(receipt)), key === null ? null : await parseVkey(key));
    } catch (error) {
      assert.ok(error instanceof NoteError, String(error));
      return null;
    }
  };
  for (const { name, receipt, key, found } of read("receipts").receipts) assert.deepEqual(await answer(receipt, key), found, name);
});

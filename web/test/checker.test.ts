import assert from "node:assert/strict";
import { test } from "node:test";
import { zipSync } from "fflate";
import { type Bounds, BOUNDS, siteAt, SlowError, TooLargeError } from "../src/check/site.ts";
import { checkRecord } from "../src/check/record.ts";
import { findingsOf } from "../src/check/report.ts";
import { difference } from "../src/check/window.ts";
import { NoRecordError, siteOfFiles } from "../src/checker/sources.ts";
import { openZip, ZipError } from "../src/checker/zip.ts";
import { checkReceipt, parseReceipt } from "../src/checker/receipt.ts";
import { concat, sha256, toBase64, toHex, utf8 } from "../src/ledger/bytes.ts";
import { inclusionProof, leafHash, rangeHash, subtreesOf } from "../src/ledger/merkle.ts";
import { keyId, NoteError, type Verifier } from "../src/ledger/note.ts";

const blob = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);

test("an archive gives its files, stored and packed, in any script", async () => {
  const long = utf8("again and again ".repeat(5000));
  const zip = zipSync({ a: { "ա.txt": utf8("one") }, "packed": [long, { level: 9 }], "stored": [long, { level: 0 }] });
  const archive = await openZip(blob(zip));
  assert.deepEqual([...archive.paths].sort(), ["a/ա.txt", "packed", "stored"]);
  for (const name of ["packed", "stored"]) assert.deepEqual(Buffer.from((await archive.read(name)) as Uint8Array), Buffer.from(long));
  assert.equal(await archive.read("absent"), null);
});

test("an archive that two programs could read in two ways, that is cut, or that unpacks to more than it says, is refused", async () => {
  await assert.rejects(openZip(blob(utf8("hello"))), ZipError);
  const zip = zipSync({ aa: utf8("1"), ab: utf8("2") }, { level: 0 });
  const twice = Buffer.from(Buffer.from(zip).toString("latin1").replaceAll("ab", "aa"), "latin1");
  await assert.rejects(openZip(blob(twice)), ZipError);
  await assert.rejects(openZip(blob(zip.slice(20))).then((archive) => archive.read("aa")), ZipError);
  const bomb = Buffer.from(zipSync({ b: [new Uint8Array(1_000_000), { level: 9 }] }));
  const directory = bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  bomb.writeUInt32LE(10, directory + 24);
  await assert.rejects((await openZip(blob(bomb))).read("b"), ZipError);
});

test("a record is found some folders down, and a keeper's own folder is not taken for one", () => {
  const files = (...paths: string[]) => ({ paths, read: async (path: string) => utf8(path) });
  assert.deepEqual(siteOfFiles(files("x/y/ledger/checkpoint", "x/y/manifest", "z")).paths, ["ledger/checkpoint", "manifest"]);
  assert.throws(() => siteOfFiles(files("a", "b")), NoRecordError);
  assert.throws(() => siteOfFiles(files("vestige.json", "ledger/checkpoint")), (error) => error instanceof NoRecordError && error.keepersOwn);
});

async function withHost<T>(answer: () => Response, work: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = async () => answer();
  try {
    return await work();
  } finally {
    globalThis.fetch = real;
  }
}

const bounded = (bounds: Partial<Bounds>) => siteAt(new URL("https://heritage.example/"), { ...BOUNDS, ...bounds });

test("a host that drips, or never ends, is left", async () => {
  const dripping = () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(utf8("a")) }));
  await withHost(dripping, () => assert.rejects(bounded({ patience: 20 }).read("a"), SlowError));
  const endless = () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(65536)) }));
  await withHost(endless, () => assert.rejects(bounded({ file: 1_000_000 }).read("a"), TooLargeError));
});

test("a checkpoint that claims any number of entries is named after a few files", async () => {
  const asked: string[] = [];
  const note = `example.org/x\n${Number.MAX_SAFE_INTEGER}\n${toBase64(new Uint8Array(32))}\n\n— example.org/x ${toBase64(new Uint8Array(68))}\n`;
  const read = async (path: string) => {
    asked.push(path);
    return path === "ledger/checkpoint" ? utf8(note) : null;
  };
  const report = await checkRecord({ read });
  assert.deepEqual(findingsOf(report).filter(({ file }) => file === "ledger/checkpoint"), [{ kind: "modified", file: "ledger/checkpoint", why: "other-root" }]);
  assert.ok(asked.length < 60, `${asked.length} files`);
});

test("the first difference of two pages is told with both sides", () => {
  assert.equal(difference(["<p>", "a"], ["<p>", "a"]), null);
  assert.deepEqual(difference(["<p>", "said"], ["<p>", "denied"]), { seen: "said", expected: "denied" });
  assert.deepEqual(difference(["<p>"], ["<p>", "more"]), { seen: "", expected: "more" });
});

async function madeReceipt(): Promise<{ receipt: string; log: Verifier }> {
  const keys = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const log: Verifier = { name: "example.org/x", publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey)) };
  const salt = new Uint8Array(32).fill(7);
  const body = { name: "a body" };
  const commitment = toHex(await sha256(salt, utf8(JSON.stringify(body))));
  const entry = {
    about: "site:abcdefghijklmnop", body: commitment, by: "ab".repeat(32), cites: [], kind: "site", made: "2026-01-31T12:00:00Z", replaces: null,
    sig: toBase64(new Uint8Array(64)), vestige: 1, visibility: "public",
  };
  const leaves = await Promise.all([utf8("0"), utf8(JSON.stringify(entry)), utf8("2")].map(leafHash));
  const tree = subtreesOf(leaves);
  const text = `${log.name}\n3\n${toBase64(await rangeHash(tree, 0, 3))}\n`;
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", keys.privateKey, utf8(text)));
  const proof = (await inclusionProof(tree, 1, 3)).map(toBase64).join("\n");
  const extra = toBase64(utf8(JSON.stringify({ entry, salt: toHex(salt), body })));
  return { log, receipt: `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex 1\n${proof}\n\n${text}\n— ${log.name} ${toBase64(concat(await keyId(log), signature))}\n` };
}

test("a receipt is checked by its key alone, and each part that is altered is named", async () => {
  const { receipt, log } = await madeReceipt();
  const check = (text: string, key: Verifier | null = log) => checkReceipt(parseReceipt(utf8(text)), key);
  assert.deepEqual(await check(receipt), []);
  assert.deepEqual(await check(receipt, null), ["key"]);
  assert.deepEqual(await check(receipt, { ...log, publicKey: new Uint8Array(32).fill(9) }), ["unsigned"]);
  assert.deepEqual(await check(receipt.replace("index 1", "index 0")), ["proof"]);
  const extra = receipt.split("\n")[1];
  const other = toBase64(utf8(Buffer.from(extra.slice(6), "base64").toString().replace("a body", "another")));
  assert.deepEqual(await check(receipt.replace(extra, `extra ${other}`)), ["body"]);
  for (const wrong of ["", "hello", receipt.replace("index 1", "index 01"), receipt.replace(extra, "extra AAAA")]) {
    assert.throws(() => parseReceipt(utf8(wrong)), NoteError);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bytes, equal, fromBase64, fromHex, toBase64, toHex, utf8 } from "../src/ledger/bytes.ts";
import { leafHash, rangeHash, subtreesOf } from "../src/ledger/merkle.ts";
import { parseCheckpoint, parseManifest } from "../src/ledger/checkpoint.ts";
import { keyId, NoteError, parseNote, signedBy } from "../src/ledger/note.ts";
import { readBundle, subtreesOfTiles, TileError, tileNumber, tilePath, tilePlaces, WIDTH } from "../src/ledger/tiles.ts";

test("hexadecimal and base64 come back, and other spellings are refused", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.ok(equal(fromHex(toHex(bytes)), bytes));
  assert.ok(equal(fromBase64(toBase64(bytes)), bytes));
  for (const wrong of ["AB", "abc", "zz"]) assert.throws(() => fromHex(wrong), RangeError);
  for (const wrong of ["A", "AB==C", "AB=", "AB\n=", "AR=="]) assert.throws(() => fromBase64(wrong), RangeError);
});

test("tile numbers and paths are those of tlog-tiles", () => {
  assert.equal(tileNumber(0), "000");
  assert.equal(tileNumber(999), "999");
  assert.equal(tileNumber(1000), "x001/000");
  assert.equal(tileNumber(1234067), "x001/x234/067");
  assert.equal(tilePath(0, 0, 256), "tile/0/000");
  assert.equal(tilePath(0, 1, 300), "tile/0/001.p/44");
  assert.equal(tilePath(1, 0, 300), "tile/1/000.p/1");
  assert.deepEqual([...tilePlaces(70000)].map(({ level }) => level).filter((level) => level > 0), [1, 1, 2]);
});

test("subtrees read from tiles are those of the leaves", async () => {
  for (const size of [1, 7, 256, 300, 1000]) {
    const leaves = await Promise.all(Array.from({ length: size }, (_, i) => leafHash(utf8(String(i)))));
    const memory = subtreesOf(leaves);
    const files = new Map<string, Uint8Array>();
    for (const { path, level, n } of tilePlaces(size)) {
      const width = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - n * WIDTH);
      files.set(path, Buffer.concat(await Promise.all(Array.from({ length: width }, (_, i) => memory(8 * level, n * WIDTH + i)))));
    }
    const tiles = subtreesOfTiles(async (path) => files.get(path) as Uint8Array, size);
    assert.ok(equal(await rangeHash(tiles, 0, size), await rangeHash(memory, 0, size)), `size ${size}`);
  }
});

test("a bundle gives its entries, and a cut one names its file", () => {
  const bundle = Uint8Array.of(0, 2, 65, 66, 0, 0, 0, 1, 67);
  assert.deepEqual(readBundle(bundle, 3, "b").map((entry) => Buffer.from(entry).toString()), ["AB", "", "C"]);
  assert.throws(() => readBundle(bundle.slice(0, -1), 3, "here"), (error) => error instanceof TileError && error.path === "here");
  assert.throws(() => readBundle(bundle, 2, "here"), TileError);
});

// The example of C2SP signed-note: its public key, its text, its signature.
const EXAMPLE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const EXAMPLE = [
  "If you think cryptography is the answer to your problem,", "then you don't know what your problem is.", "",
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=", "",
].join("\n");

async function exampleKey() {
  const [name, id, base64] = EXAMPLE_KEY.split("+");
  const publicKey = fromBase64(EXAMPLE_KEY.slice(name.length + id.length + 2)).slice(1);
  assert.ok(base64);
  return { name, id, publicKey };
}

test("the note of Go's sumdb is signed by its key and by no other", async () => {
  const key = await exampleKey();
  assert.equal(toHex(await keyId(key)), key.id);
  const note = parseNote(utf8(EXAMPLE));
  assert.equal(await signedBy(note, [key]), key);
  assert.equal(await signedBy(note, [{ ...key, publicKey: new Uint8Array(32).fill(7) }]), null);
  assert.equal(await signedBy(parseNote(utf8(EXAMPLE.replace("answer", "Answer"))), [key]), null);
});

test("what is no note, checkpoint or manifest is refused", () => {
  const signature = `\n— o ${toBase64(new Uint8Array(68))}\n`;
  const root = toBase64(new Uint8Array(32));
  for (const wrong of ["", "text\n", "text\n\nsignature\n", "text\n\n— o AAAA=\n"]) assert.throws(() => parseNote(utf8(wrong)), NoteError);
  assert.throws(() => parseNote(Uint8Array.of(0xff) as Bytes), NoteError);
  for (const wrong of ["o\n01\n", "o\n-1\n", `o\n1e3\n${root}\n`, "o\n1\nAAAA\n"]) assert.throws(() => parseCheckpoint(utf8(wrong + signature)), NoteError);
  assert.equal(parseCheckpoint(utf8(`o\n12\n${root}\n${signature}`)).size, 12);
  const hash = "0".repeat(64);
  const manifest = (lines: string) => utf8(`o\nvestige manifest 1\n${lines}${signature}`);
  assert.deepEqual([...parseManifest(manifest(`${hash}  a/.b-c\n`)).files], [["a/.b-c", hash]]);
  for (const path of ["a/b c", "../a", "a/..", "./a", "a/./b", "a//b", "/a", "a/", "a\\b"]) assert.throws(() => parseManifest(manifest(`${hash}  ${path}\n`)), NoteError, path);
  assert.throws(() => parseManifest(manifest("zz  a\n")), NoteError);
  assert.throws(() => parseManifest(manifest(`${hash}  a\n${hash}  a\n`)), NoteError);
});

/**
 * What the browser's recount says of published folders, for tests in another language: reads from its standard input a list of
 * `{"root": folder, "call": id, "instead": {path: base64 or null}}` and writes for each the numbers and findings.
 *
 *     node test/counts.ts < questions.json
 */

import { existsSync, readFileSync } from "node:fs";
import { heldCall } from "../src/calling/held.ts";
import { countJoined } from "../src/calling/joined.ts";
import { recount } from "../src/calling/recount.ts";
import { type Bytes, fromBase64 } from "../src/ledger/bytes.ts";

interface Question { readonly root: string; readonly call: string; readonly instead?: Readonly<Record<string, string | null>> }

async function answer({ root, call, instead = {} }: Question): Promise<unknown> {
  const fileAt = async (path: string): Promise<Bytes | null> => {
    const other = instead[path];
    if (other !== undefined) return other === null ? null : fromBase64(other);
    return existsSync(`${root}/${path}`) ? new Uint8Array(readFileSync(`${root}/${path}`)) : null;
  };
  const held = await heldCall({ read: fileAt }, call);
  if (!held) return null;
  const read = (name: string) => fileAt(`file/${name.slice(0, 2)}/${name}`);
  const began = performance.now();
  const crowd = await recount(held.call, held.steps, read, held.audits);
  const milliseconds = performance.now() - began;
  const { findings, ...joined } = await countJoined(held.call, held.endorsements, read);
  return { ...joined, ...crowd, findings: [...held.findings, ...findings, ...crowd.findings], unaudited: held.unaudited, milliseconds };
}

const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8")) as Question[]) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));

/**
 * The rule that each of many bodies breaks by its form, for tests in another language: reads from its standard input a list of
 * `{"kind": kind, "body": text}` and writes the rules, null where none is broken.
 *
 *     node test/bodies.ts < bodies.json
 */

import { readFileSync } from "node:fs";
import { utf8 } from "../src/ledger/bytes.ts";
import { readBody } from "../src/ledger/rules.ts";

const rules = [];
for (const { kind, body } of JSON.parse(readFileSync(0, "utf8"))) rules.push((await readBody(kind, utf8(body))).rule);
process.stdout.write(JSON.stringify(rules));

// Verifies proofs, tiles and checkpoints with programs that others wrote: Debian's `spicy-litetlog`
// for every entry of a log of 1,000, and Go's packages for logs from their tiles alone. Tampering
// must be refused. `.ci/run` installs these programs; `npm test` does without.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeNoteKey } from "@ringfence/core/proof/ledger";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import { withApi } from "../bench/with-api.ts";
import { createLog, downloadLog } from "./verify-ledger/public-log.ts";
import { buildVerifiers } from "./verify-ledger/verifiers.ts";
import { createCheck, report, type Tally } from "./tally.ts";

const SIZE = 1_000;

const strangersKey = writeNoteKey({
  name: "ledger.example/ringfence",
  type: "log",
  publicKey: new Uint8Array(32).fill(7),
});

type Proof = { leaf: string; spicy: string };
const tally: Tally = { passed: 0, failed: [] };
const expectThat = createCheck(tally);

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-foreign-"));
const programs = buildVerifiers(folder);
const postgres = await startPostgres({ stateFolder: path.join(folder, "state"), isDurable: false });
try {
  const urls = postgres.urls("foreign");
  await migrate(urls);
  const { url } = urls;
  const db = openDb(url);
  const log = await createLog(db, path.join(folder, "keys"), SIZE);
  await db.close();
  await withApi(url, folder, async (origin) => {
    const published = path.join(folder, "published");
    await downloadLog(origin, published, SIZE);
    checkTiles(published, log.vkey);
    await checkProofs(origin, log);
  });
} finally {
  await postgres.stop();
  await removeData(path.join(folder, "state"));
  rmSync(folder, { recursive: true });
}
report(tally);

function checkTiles(published: string, vkey: string) {
  const whole = programs.go(published, vkey);
  console.log(`Go: ${whole.says}`);
  expectThat("Go accepts the published log", whole.accepts, whole.says);
  for (const name of ["checkpoint", "tile/0/002", "tile/1/000.p/3", "tile/entries/000"]) {
    const file = path.join(published, name);
    const bytes = readFileSync(file);
    const at = bytes.length - 5;
    writeFileSync(file, bytes.with(at, (bytes[at] ?? 0) ^ 1));
    expectThat(`Go refuses ${name} with a byte changed`, !programs.go(published, vkey).accepts);
    writeFileSync(file, bytes);
  }
}

type Log = Awaited<ReturnType<typeof createLog>>;

async function checkProofs(origin: string, { entryIds, authorization, vkey }: Log) {
  for (const [index, id] of entryIds.entries()) {
    const response = await fetch(`${origin}/v1/proofs/${id}`, { headers: { authorization } });
    const proof: Proof = await response.json();
    const { accepts, says } = programs.spicy(vkey, proof.leaf, proof.spicy);
    expectThat(`spicy accepts entry ${index}`, accepts, says);
    if (index % 100 === 99) refuseTampered(index, vkey, proof);
  }
}

function other(text: string): string {
  return text.replace(/[A-Za-z]/, (letter) => (letter === "A" ? "B" : "A"));
}

function refuseTampered(index: number, vkey: string, { leaf, spicy }: Proof) {
  const lines = spicy.split("\n");
  const tampered: [string, string, string, string][] = [
    ["leaf", vkey, leaf.replace("jwt", "JWT"), spicy],
    ["index", vkey, leaf, spicy.replace(/^index \d+/, `index ${index + 1}`)],
    ["path", vkey, leaf, lines.with(1, other(lines[1] ?? "")).join("\n")],
    ["size", vkey, leaf, spicy.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1}\n`)],
    ["key", strangersKey, leaf, spicy],
  ];
  for (const [what, ...proof] of tampered) {
    const { accepts } = programs.spicy(...proof);
    expectThat(`spicy refuses entry ${index} with another ${what}`, !accepts);
  }
}

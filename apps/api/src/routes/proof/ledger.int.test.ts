import { hashLeaf, createLeaf, openCheckpoint, readNoteKey } from "@ringfence/core/proof/ledger";
import { createApiKeyFinder } from "@ringfence/services/account/api-key";
import { openLogSigner, sequenceBatch, signCheckpoint } from "@ringfence/services/proof/ledger";
import { openTestDb } from "@ringfence/db/testing";
import { keys } from "@ringfence/services/testing";
import { growBy } from "@ringfence/services/testing/ledger";
import { beforeAll, expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKeyIn, aListeningServer, files, filesFolder } from "../../../testing/listening.ts";

// The log covers the whole installation, so this test needs one to which nobody else writes.
const db = await openTestDb();
const { url } = await aListeningServer({
  installation: { db, keys, files },
  findApiKey: createApiKeyFinder(db),
});
const logSigner = await openLogSigner({
  db,
  origin: "ledger.test/ringfence",
  keyFolder: filesFolder,
});

const read = async (path: string) => {
  const response = await fetch(`${url}/ledger/${path}`);
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
};
const readText = async (path: string) => new TextDecoder().decode((await read(path)).bytes);

const before = await read("checkpoint");
beforeAll(async () => {
  await growBy(db, 300);
  await signCheckpoint(logSigner);
});

it("has no checkpoint before the first is signed", () => {
  expect(before.response.status).toBe(404);
});

it("shows anyone the checkpoint and the keys to verify it", async () => {
  const vkey = /^log (\S+)\nquorum none\n$/.exec(await readText("policy"))?.[1] ?? "";
  const key = readNoteKey(vkey);
  const opened = openCheckpoint(await readText("checkpoint"), key ? [key] : []);
  expect(opened).toMatchObject({ ok: true, checkpoint: { size: 300 } });
});

it("shows anyone hashes and entries that match", async () => {
  const [full, part] = [await read("tile/0/000"), await read("tile/0/001.p/44")];
  expect([full.bytes.length, part.bytes.length]).toEqual([256 * 32, 44 * 32]);
  expect(full.response.headers.get("cache-control")).toContain("immutable");

  const { bytes } = await read("tile/entries/001.p/44");
  const first = bytes.slice(2, 2 + (bytes[1] ?? 0));
  expect(bytes.length).toBe(44 * (2 + 77));
  expect(hashLeaf(first)).toEqual(part.bytes.slice(0, 32));
});

it.each([
  "tile/0/002",
  "tile/0/001",
  "tile/0/001.p/45",
  "tile/0/1",
  "tile/0/000.p/256",
  "tile/entries/001",
  "tile/9/000",
  "tile/x",
])("has nothing at %s, and says what exists", async (path) => {
  const { status, answer } = await ask(`${url}/ledger/${path}`, "");
  expect([status, answer.code]).toEqual([404, "not-found"]);
  expect(answer.detail).toContain("256");
});

it("proves a statement to a key of its organization, and to no other", async () => {
  const { ctx, authorization } = await aKeyIn(db, "proofs:read");
  const other = await aKeyIn(db, "proofs:read");
  const statement = "e30.e30.MINE";
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO ledger.entry (organization_id, kind, idem_key, statement, leaf)
     VALUES ($1, 'scrub', sha256('mine'), $2, $3) RETURNING entry_id AS id`,
    [ctx.organizationId, statement, createLeaf(statement)],
  );
  await sequenceBatch(db);
  await signCheckpoint(logSigner);

  const fetchProof = (authorization: string) =>
    ask(`${url}/v1/proofs/${rows[0]?.id}`, authorization);
  const { status, answer } = await fetchProof(authorization);
  expect([status, answer.state, answer.index]).toEqual([200, "included", 300]);
  expect(answer.proof).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 300\n/);
  expect((await fetchProof(other.authorization)).answer.code).toBe("not-found");
  const screener = await aKeyIn(db, "screen");
  expect((await fetchProof(screener.authorization)).answer.code).toBe("scope-missing");
});

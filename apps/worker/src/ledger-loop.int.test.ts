import path from "node:path";
import { openCheckpoint, readNoteKey, writeNoteKey } from "@ringfence/core/proof/ledger";
import { openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import { appendStatements, openLogSigner } from "@ringfence/services/proof/ledger";
import { someStatements } from "@ringfence/services/testing/ledger";
import { aTimestampAuthority } from "@ringfence/services/testing/timestamp-authority";
import { aWitness } from "@ringfence/services/testing/witness";
import { expect, it, onTestFinished, vi } from "vitest";
import { aFolder } from "../testing/folder.ts";
import { aWorkerProcess } from "../testing/worker-process.ts";

const within = { timeout: 30_000, interval: 50 };

async function scene() {
  const databaseUrl = await aDatabase();
  const db = openDb(databaseUrl);
  onTestFinished(() => db.close());
  const rows = async <Row extends object>(sql: string) => (await db.pool.query<Row>(sql)).rows;
  const append = (count: number, from = 0) =>
    db.prisma.$transaction((tx) => appendStatements(tx, someStatements(count, from)));
  const places = async () =>
    (await rows<{ places: string }>("SELECT count(*) AS places FROM ledger.leaf"))[0]?.places;
  return { databaseUrl, db, rows, append, places };
}

it("places entries in every worker, and signs only in the designated one", async () => {
  const { databaseUrl, rows, append, places } = await scene();
  const first = await aWorkerProcess({ databaseUrl });
  await append(10);
  // The rule set of this version is the eleventh entry.
  await vi.waitFor(async () => expect(await places()).toBe("11"), within);
  expect(await rows("SELECT FROM ledger.checkpoint")).toEqual([]);

  await aWorkerProcess({ databaseUrl, origin: "ledger.test/worker" });
  const signed = () =>
    rows<{ note: string; vkey: string }>(
      "SELECT note, vkey FROM ledger.checkpoint, ledger.log_key WHERE size = 11",
    );
  await vi.waitFor(async () => expect(await signed()).toHaveLength(1), within);
  const [checkpoint] = await signed();
  const key = readNoteKey(checkpoint?.vkey ?? "");
  expect(openCheckpoint(checkpoint?.note ?? "", key ? [key] : [])).toMatchObject({
    ok: true,
    checkpoint: { origin: "ledger.test/worker", size: 11 },
  });
  first.signal("SIGTERM");
  expect(await first.exited).toBe(0);
});

it("continues where another worker was killed", async () => {
  const { databaseUrl, append, places } = await scene();
  const first = await aWorkerProcess({ databaseUrl });
  await append(2_000);
  await vi.waitFor(async () => expect(Number(await places())).toBeGreaterThan(0), within);
  first.signal("SIGKILL");
  await first.exited;
  await append(100, 2_000);
  await aWorkerProcess({ databaseUrl });
  await vi.waitFor(async () => expect(await places()).toBe("2101"), within);
});

it("gets checkpoints signed by witnesses and stamped by authorities", async () => {
  const { databaseUrl, db, rows } = await scene();
  const keyFolder = await aFolder();
  const origin = "ledger.test/worker";
  const [signer] = (await openLogSigner({ db, origin, keyFolder })).signers();
  if (!signer) throw new Error("there is no key");
  const [witness, authority] = [await aWitness(signer.key), await aTimestampAuthority()];
  const more = {
    RINGFENCE_KEY_DIR: keyFolder,
    LEDGER_WITNESSES: `${writeNoteKey(witness.key)} ${witness.url}`,
    LEDGER_TSA: authority.url,
    LEDGER_TSA_ROOTS: path.join(await aFolder({ "roots.pem": authority.root }), "roots.pem"),
  };
  await aWorkerProcess({ databaseUrl, origin, more });
  const vouched = () => rows("SELECT witness, tsa FROM ledger.cosignature, ledger.tsa_token");
  await vi.waitFor(
    async () => expect(await vouched()).toEqual([{ witness: "witness.test", tsa: authority.url }]),
    { timeout: 45_000, interval: 100 },
  );
  expect(await rows("SELECT name FROM ledger.witness")).toEqual([{ name: "witness.test" }]);
});

import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { openCheckpoint } from "@ringfence/core/proof/ledger";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy, origin } from "../../../testing/ledger.ts";
import { createFileSigner } from "./signer/file-keys.ts";
import { openSignerMemory } from "./signer/memory.ts";
import { type LogSigner, restoreSignerMemory, signCheckpoint } from "./sign-checkpoint.ts";
import { readSignedCheckpoint } from "./read-ledger.ts";

type Ledger = Awaited<ReturnType<typeof aLedger>>;

const notesIn = async ({ db }: Ledger) => {
  const { rows } = await db.pool.query<{ note: string }>(
    "SELECT note FROM ledger.checkpoint ORDER BY size",
  );
  return rows.map(({ note }) => note);
};

const refused = (key: string) => ({ outcome: "refused", fault: { key: `ledger.refused-${key}` } });

it("signs each head that grew out of the one before, from an empty log on", async () => {
  const ledger = await aLedger();
  expect(await ledger.sign()).toEqual({ outcome: "signed", size: 0 });
  await growBy(ledger.db, 300);
  expect(await ledger.sign()).toEqual({ outcome: "signed", size: 300 });
  expect(await ledger.sign()).toEqual({ outcome: "unchanged" });

  const opened = (await notesIn(ledger)).map((note) => openCheckpoint(note, [ledger.key]));
  expect(opened).toMatchObject([
    { ok: true, checkpoint: { origin, size: 0 } },
    { ok: true, checkpoint: { origin, size: 300 } },
  ]);
});

it("signs again, byte for byte, the checkpoint that it had remembered before it was killed", async () => {
  const ledger = await aLedger();
  await growBy(ledger.db, 3);
  await ledger.sign();
  const before = await notesIn(ledger);
  await asIntruder(ledger.db, "DELETE FROM ledger.checkpoint");
  expect(await ledger.sign()).toEqual({ outcome: "signed", size: 3 });
  expect(await notesIn(ledger)).toEqual(before);
});

/** Leaf 5 becomes another, and with it every tile above, the root and the entry: all in order. */
async function rewriteHistory({ db }: Ledger) {
  await asIntruder(
    db,
    "UPDATE ledger.entry SET statement = 'e30.e30.XXXX', leaf = 'forged' WHERE entry_id = (SELECT entry_id FROM ledger.leaf WHERE leaf_index = 5)",
    "TRUNCATE ledger.tile, ledger.leaf",
    "INSERT INTO ledger.pending SELECT entry_id, log_id, sha256('\\x00'::bytea || leaf), accepted_at FROM ledger.entry",
    "UPDATE ledger.log SET size = 0, root = sha256('')",
  );
}

it("refuses a log in which someone has rewritten a leaf and all tiles", async () => {
  const ledger = await aLedger();
  await growBy(ledger.db, 300);
  await ledger.sign();
  await rewriteHistory(ledger);
  await growBy(ledger.db, 0);
  expect(await ledger.sign()).toMatchObject(refused("fork"));
  await growBy(ledger.db, 700, 300);
  expect(await ledger.sign()).toMatchObject(refused("fork"));
  expect(await notesIn(ledger)).toHaveLength(1);
});

it("refuses a log whose tiles are gone", async () => {
  const ledger = await aLedger();
  await growBy(ledger.db, 300);
  await ledger.sign();
  await growBy(ledger.db, 300, 300);
  await asIntruder(ledger.db, "DELETE FROM ledger.tile WHERE idx = 1");
  expect(await ledger.sign()).toMatchObject(refused("fork"));
});

it("refuses an older copy of the database, also when that has grown since", async () => {
  const [now, old] = [await aLedger(), await aLedger()];
  await growBy(now.db, 20);
  await growBy(old.db, 10);
  await now.sign();

  const restored = { ...now.logSigner, db: old.db };
  expect(await signCheckpoint(restored)).toMatchObject(refused("rollback"));
  await growBy(old.db, 30, 1_000);
  expect(await signCheckpoint(restored)).toMatchObject(refused("fork"));
});

it("refuses to begin anew where checkpoints were signed and it remembers none", async () => {
  const ledger = await aLedger();
  await ledger.sign();
  rmSync(path.join(ledger.folder, "ledger-memory.json"));
  expect(await ledger.sign()).toMatchObject(refused("no-memory"));
});

it("refuses a log of another name", async () => {
  const ledger = await aLedger();
  await ledger.sign();
  const renamed = { ...ledger.logSigner, origin: "ledger.test/other" };
  expect(await signCheckpoint(renamed)).toMatchObject(refused("other-log"));
});

it("signs with the old key beside the new one, until the new one is known", async () => {
  const ledger = await aLedger();
  await ledger.sign();
  const next = createFileSigner(ledger.folder, origin);
  await growBy(ledger.db, 1);
  await ledger.sign();
  await asIntruder(ledger.db, "UPDATE ledger.log_key SET at = at - interval '91 days'");
  await growBy(ledger.db, 1, 1);
  await ledger.sign();

  const keys = [ledger.key, next.key];
  const signers = (await notesIn(ledger)).map((note) =>
    keys.map((key) => openCheckpoint(note, [key]).ok),
  );
  expect(signers).toEqual([
    [true, false],
    [true, true],
    [false, true],
  ]);
});

it("is signed once, whatever the number of signers", async () => {
  const ledger = await aLedger();
  await growBy(ledger.db, 7);
  const outcomes = await Promise.all([ledger.sign(), ledger.sign()]);
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["signed", "unchanged"]);
});

/** A second signer with the same keys, on another host: its memory is a copy of what the first one had. */
function addStandby({ folder, logSigner }: Ledger): LogSigner {
  const otherFolder = aFolder();
  cpSync(folder, otherFolder, { recursive: true });
  return { ...logSigner, memory: openSignerMemory(otherFolder) };
}

it("has a standby remember what the other one signed, and refuse a database that lost it", async () => {
  const [ledger, old] = [await aLedger(), await aLedger()];
  await ledger.sign();
  const standby = addStandby(ledger);
  await growBy(ledger.db, 20);
  await growBy(old.db, 10);
  expect(await ledger.sign()).toEqual({ outcome: "signed", size: 20 });
  expect(await signCheckpoint(standby)).toEqual({ outcome: "unchanged" });
  // A fail-over to a host that had not received everything.
  expect(await signCheckpoint({ ...standby, db: old.db })).toMatchObject(refused("rollback"));
});

/** Like a process that gets no time to run, this signer does not end its transaction by itself. */
const withPatience = ({ db: { prisma }, ...signer }: LogSigner): LogSigner => ({
  ...signer,
  db: {
    prisma: new Proxy(prisma, {
      get: (target, name) =>
        name === "$transaction"
          ? (work: never) => target.$transaction(work, { timeout: 40_000 })
          : Reflect.get(target, name),
    }),
  },
});

it("lets a standby take over from a frozen signer, which publishes nothing when it wakes up", async () => {
  const ledger = await aLedger();
  await ledger.sign();
  const standby = addStandby(ledger);
  await growBy(ledger.db, 5);
  const [frozen, woken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const freezing: LogSigner = {
    ...ledger.logSigner,
    signers: () =>
      ledger.logSigner.signers().map((signer) => ({
        ...signer,
        async sign(message) {
          frozen.resolve();
          await woken.promise;
          return signer.sign(message);
        },
      })),
  };
  const signing = signCheckpoint(withPatience(freezing)).then(
    () => "signed",
    () => "failed",
  );
  await frozen.promise;
  await growBy(ledger.db, 5, 5);
  expect(await signCheckpoint(withPatience(standby))).toEqual({ outcome: "signed", size: 10 });
  woken.resolve();
  expect(await signing).toBe("failed");
  const sizes = (await notesIn(ledger)).map((note) => openCheckpoint(note, [ledger.key]));
  expect(sizes).toMatchObject([{ checkpoint: { size: 0 } }, { checkpoint: { size: 10 } }]);
});

it("lets others read a checkpoint once a transaction after it has committed, and remembers that", async () => {
  const ledger = await aLedger();
  await growBy(ledger.db, 5);
  await ledger.sign();
  let transactions = 0;
  const prisma = new Proxy(ledger.db.prisma, {
    get(target, name) {
      if (name === "$transaction") transactions++;
      return Reflect.get(target, name);
    },
  });
  const read = async () => {
    const checkpoint = await readSignedCheckpoint({ prisma });
    return [checkpoint?.size, transactions];
  };
  expect(await read()).toEqual([5, 1]);
  expect(await read()).toEqual([5, 1]);
  await growBy(ledger.db, 3, 5);
  await ledger.sign();
  expect(await read()).toEqual([8, 2]);
});

/** A log of five, of which somebody outside has kept the checkpoint, and a signer that forgot it all. */
async function scene() {
  const ledger = await aLedger();
  await growBy(ledger.db, 5);
  await ledger.sign();
  const { note: kept = "" } = (await readSignedCheckpoint(ledger.db)) ?? {};
  await growBy(ledger.db, 3, 5);
  const forget = () => rmSync(path.join(ledger.folder, "ledger-memory.json"));
  return { ...ledger, kept, forget };
}

it("lets a signer that lost its memory continue from a checkpoint that others kept", async () => {
  const { logSigner, kept, forget, sign } = await scene();
  forget();
  expect(await sign()).toMatchObject({ fault: { key: "ledger.refused-no-memory" } });
  expect(await restoreSignerMemory(logSigner, kept)).toEqual({ size: 5 });
  expect(await sign()).toEqual({ outcome: "signed", size: 8 });
});

it("adopts nothing that the log did not grow out of", async () => {
  const { db, logSigner, kept, forget } = await scene();
  forget();
  await asIntruder(db, "UPDATE ledger.tile SET hashes = sha256('other') || substr(hashes, 33)");
  const forked = await restoreSignerMemory(logSigner, kept);
  expect(forked).toMatchObject({ fault: { key: "ledger.refused-fork" } });
  await asIntruder(db, "UPDATE ledger.log SET size = 4");
  const older = await restoreSignerMemory(logSigner, kept);
  expect(older).toMatchObject({ fault: { key: "ledger.refused-rollback" } });
  expect(logSigner.memory.recall()).toBeNull();
});

it("takes no checkpoint that it did not sign, and none for a memory that knows more", async () => {
  const { logSigner, kept, sign } = await scene();
  const others = await scene();
  const strange = kept.replace("5", "6");
  for (const note of [strange, "", others.kept]) {
    expect(await restoreSignerMemory(logSigner, note)).toMatchObject({
      fault: { key: "ledger.adopt-not-ours" },
    });
  }
  await sign();
  expect(await restoreSignerMemory(logSigner, kept)).toMatchObject({
    fault: { key: "ledger.adopt-remembered", values: { size: 8 } },
  });
});

import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy, someStatements } from "../../../testing/ledger.ts";
import { appendStatements } from "./append-statement.ts";
import { compareOptOuts, copyOptOuts } from "./copy-opt-outs.ts";

type Ledger = Awaited<ReturnType<typeof aLedger>>;

/** A log with three opt-outs among other entries, and an empty folder on another disk. */
async function scene() {
  const ledger = await aLedger();
  const folder = path.join(ledger.folder, "copy");
  mkdirSync(folder);
  await growBy(ledger.db, 5);
  const ids = await recordOptOuts(ledger, 3);
  const fileNames = () => readdirSync(folder).map((name) => path.join(folder, name));
  return { ledger, db: ledger.db, folder, ids, fileNames };
}

async function recordOptOuts({ db }: Ledger, count: number, from = 0) {
  const optOuts = someStatements(count, 1_000 + from).map((statement) => ({
    ...statement,
    kind: "opt-out.recorded" as const,
  }));
  const appended = await db.prisma.$transaction((tx) => appendStatements(tx, optOuts));
  await growBy(db, 2, 100 + from);
  return appended.map(({ entryId }) => entryId);
}

/** Takes the log back to its first positions, as a restore to an earlier time does. */
const rewindTo = ({ db }: Ledger, size: number) =>
  asIntruder(
    db,
    `DELETE FROM ledger.entry WHERE entry_id IN (SELECT entry_id FROM ledger.leaf WHERE leaf_index >= ${size})`,
    `DELETE FROM ledger.leaf WHERE leaf_index >= ${size}`,
    `UPDATE ledger.log SET size = ${size}`,
  );

const keys = (faults: readonly { key: string }[]) => faults.map(({ key }) => key);

it("copies each opt-out once, and finds nothing lost while the database has them all", async () => {
  const { ledger, db, folder } = await scene();
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 3, copied: 3, faults: [] });
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 0, copied: 3, faults: [] });
  await recordOptOuts(ledger, 2, 10);
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 2, copied: 5, faults: [] });
  expect(await compareOptOuts(db, folder)).toEqual({ copied: 5, lost: [], faults: [] });
});

it("names exactly the opt-outs that a database restored to an earlier time has lost", async () => {
  const { ledger, db, folder, ids } = await scene();
  await copyOptOuts(db, folder);
  await rewindTo(ledger, 6);
  const { copied, lost, faults } = await compareOptOuts(db, folder);
  expect(copied).toBe(3);
  expect(lost.map(({ entryId }) => entryId)).toEqual(ids.slice(1));
  expect(faults).toMatchObject([
    {
      key: "ledger.copy-lost",
      values: { count: 2, from: lost[0]?.acceptedAt, ids: ids.slice(1).join(", ") },
    },
  ]);
});

it("does not count as lost what waits for its position again, and copies what came before it", async () => {
  const { ledger, db, folder } = await scene();
  await copyOptOuts(db, folder);
  await asIntruder(
    db,
    "TRUNCATE ledger.tile, ledger.leaf",
    "UPDATE ledger.log SET size = 0, root = sha256('')",
  );
  expect(await compareOptOuts(db, folder)).toMatchObject({ copied: 3, lost: [], faults: [] });
  await recordOptOuts(ledger, 1, 10);
  await asIntruder(
    db,
    "INSERT INTO ledger.pending SELECT entry_id, log_id, sha256('\\x00'::bytea || leaf), accepted_at FROM ledger.entry WHERE entry_id NOT IN (SELECT entry_id FROM ledger.leaf)",
  );
  await growBy(db, 0);
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 1, copied: 4, faults: [] });
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 0, copied: 4, faults: [] });
});

it("adds nothing to the copy of a longer history", async () => {
  const { ledger, db, folder, fileNames } = await scene();
  await copyOptOuts(db, folder);
  const before = fileNames().map((file) => readFileSync(file, "utf8"));
  await rewindTo(ledger, 6);
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 0 });
  expect(fileNames().map((file) => readFileSync(file, "utf8"))).toEqual(before);
});

it("counts an opt-out as lost if its statement was replaced", async () => {
  const { db, folder, ids } = await scene();
  await copyOptOuts(db, folder);
  await asIntruder(db, `UPDATE ledger.entry SET leaf = 'forged' WHERE entry_id = '${ids[1]}'`);
  const { lost } = await compareOptOuts(db, folder);
  expect(lost.map(({ entryId }) => entryId)).toEqual([ids[1]]);
});

it("writes a line again that was cut off", async () => {
  const { db, folder, fileNames } = await scene();
  await copyOptOuts(db, folder);
  const [file = ""] = fileNames();
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, whole.slice(0, -10));
  expect(await compareOptOuts(db, folder)).toMatchObject({ copied: 2, faults: [] });
  expect(await copyOptOuts(db, folder)).toMatchObject({ added: 1, copied: 3 });
  expect(readFileSync(file, "utf8")).toBe(whole);
});

it("reports a changed line, a folder that is missing and one that is empty", async () => {
  const { db, folder, fileNames } = await scene();
  expect(keys((await compareOptOuts(db, folder)).faults)).toEqual(["ledger.copy-empty"]);
  await copyOptOuts(db, folder);
  const [file = ""] = fileNames();
  const changed = readFileSync(file, "utf8").replace('"position":6', '"position":7');
  writeFileSync(file, changed);
  appendFileSync(file, "nothing of ours\n");
  const { faults } = await compareOptOuts(db, folder);
  expect(keys(faults)).toEqual(["ledger.copy-damaged", "ledger.copy-damaged"]);
  expect((await copyOptOuts(db, folder)).added).toBe(0);
  rmSync(folder, { recursive: true });
  expect(keys((await copyOptOuts(db, folder)).faults)).toEqual(["ledger.copy-missing"]);
});

import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy, someStatements } from "../../../testing/ledger.ts";
import { keysIn } from "../../../testing/keys.ts";
import { StartRefused } from "../../platform/internal.ts";
import { appendStatements } from "./append-statement.ts";
import {
  assertNoLostOptOuts,
  checkCopy,
  compareOptOuts,
  findCopyFaults,
  replaceCopy,
} from "./compare-copy.ts";
import { createOptOutCopier } from "./copy-opt-outs.ts";

type Ledger = Awaited<ReturnType<typeof aLedger>>;

/** A log with three opt-outs among other entries, and an empty folder on another disk. */
async function scene() {
  const ledger = await aLedger();
  const folder = path.join(ledger.folder, "copy");
  mkdirSync(folder);
  await growBy(ledger.db, 5);
  const ids = await recordOptOuts(ledger, 3);
  const fileNames = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith("opt-outs-"))
      .map((name) => path.join(folder, name));
  const { db } = ledger;
  const installation = { prisma: db.prisma, keys: keysIn(ledger.folder) };
  /** Creates the writer of a program that has just been started. */
  const startCopier = (where = folder) => createOptOutCopier(installation, where);
  const running = startCopier();
  const copy = () => running.pass();
  return { ledger, db, folder, ids, fileNames, startCopier, copy };
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

/** Makes the database another one for the comparison, as a restore or a start of its server does. */
const forgetComparison = ({ db }: Ledger) =>
  asIntruder(db, "UPDATE ledger.opt_out_copy SET compared_database = 'before the restore'");

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
  const { ledger, db, folder, copy, startCopier } = await scene();
  expect(await copy()).toMatchObject({ added: 3, faults: [] });
  expect(await copy()).toMatchObject({ added: 0, faults: [] });
  await recordOptOuts(ledger, 2, 10);
  expect(await copy()).toMatchObject({ added: 2, faults: [] });
  expect(await startCopier().pass()).toMatchObject({ added: 0, faults: [] });
  expect(await compareOptOuts(db, folder)).toEqual({ copied: 5, lost: [], faults: [] });
  expect(await findCopyFaults(db)).toEqual([]);
});

it("names exactly the opt-outs that a database restored to an earlier time has lost, and is not served", async () => {
  const { ledger, db, folder, ids, copy, startCopier, fileNames } = await scene();
  await copy();
  const before = fileNames().map((file) => readFileSync(file, "utf8"));
  await rewindTo(ledger, 6);
  await forgetComparison(ledger);
  expect(keys(await findCopyFaults(db))).toEqual(["ledger.copy-not-compared"]);
  const { copied, lost, faults } = await compareOptOuts(db, folder);
  expect(copied).toBe(3);
  expect(lost.map(({ entryId }) => entryId)).toEqual(ids.slice(1));
  const named = {
    key: "ledger.copy-lost",
    values: { count: 2, folder, ids: ids.slice(1).join(", ") },
  };
  expect(faults).toMatchObject([named]);

  expect(await startCopier().pass()).toMatchObject({ added: 0, hasLost: true, faults: [named] });
  expect(fileNames().map((file) => readFileSync(file, "utf8"))).toEqual(before);
  expect(await findCopyFaults(db)).toMatchObject([named]);
  await expect(assertNoLostOptOuts(db)).rejects.toThrow(StartRefused);
});

it("is not served either if the database has never heard of the copy", async () => {
  const { ledger, db, folder, copy } = await scene();
  await copy();
  await rewindTo(ledger, 6);
  await asIntruder(db, "DELETE FROM ledger.opt_out_copy");
  expect(keys((await checkCopy(db, folder)).faults)).toEqual(["ledger.copy-lost"]);
  expect(keys(await findCopyFaults(db))).toEqual(["ledger.copy-lost"]);
});

it("notices a loss while programs run, although nobody restarted the server", async () => {
  const { ledger, db, copy, startCopier } = await scene();
  await copy();
  await rewindTo(ledger, 6);
  expect(await startCopier().pass()).toMatchObject({ hasLost: true });
  expect(keys(await findCopyFaults(db))).toEqual(["ledger.copy-lost"]);
});

it("does not count as lost what waits for its position again, and copies what came before it", async () => {
  const { ledger, db, folder, copy, startCopier } = await scene();
  await copy();
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
  expect(await startCopier().pass()).toMatchObject({ added: 1, faults: [] });
  expect(await startCopier().pass()).toMatchObject({ added: 0, faults: [] });
});

it("counts an opt-out as lost if its statement was replaced", async () => {
  const { db, folder, ids, copy } = await scene();
  await copy();
  await asIntruder(db, `UPDATE ledger.entry SET leaf = 'forged' WHERE entry_id = '${ids[1]}'`);
  const { lost } = await compareOptOuts(db, folder);
  expect(lost.map(({ entryId }) => entryId)).toEqual([ids[1]]);
});

it("writes a line again that was cut off", async () => {
  const { db, folder, fileNames, copy, startCopier } = await scene();
  await copy();
  const [file = ""] = fileNames();
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, whole.slice(0, -10));
  await asIntruder(db, "UPDATE ledger.opt_out_copy SET copied = 2"); // the crash came before the count
  expect(await compareOptOuts(db, folder)).toMatchObject({ copied: 2, faults: [] });
  expect(await startCopier().pass()).toMatchObject({ added: 1, faults: [] });
  expect(readFileSync(file, "utf8")).toBe(whole);
});

it("reports a changed line, a folder that is missing and one that is empty", async () => {
  const { db, folder, fileNames, copy, startCopier } = await scene();
  expect(keys((await compareOptOuts(db, folder)).faults)).toEqual(["ledger.copy-empty"]);
  await copy();
  const [file = ""] = fileNames();
  const changed = readFileSync(file, "utf8").replace('"position":6', '"position":7');
  writeFileSync(file, changed);
  appendFileSync(file, "nothing of ours\n");
  const { faults } = await compareOptOuts(db, folder);
  expect(keys(faults)).toEqual(["ledger.copy-damaged", "ledger.copy-damaged"]);
  expect((await startCopier().pass()).added).toBe(0);
  rmSync(folder, { recursive: true });
  expect(keys((await startCopier().pass()).faults)).toEqual(["ledger.copy-missing"]);
});

it("is not served after a restore with a copy that was deleted, emptied, cut or exchanged, or without one", async () => {
  const { ledger, db, folder, copy, fileNames } = await scene();
  await copy();
  await forgetComparison(ledger);
  const other = path.join(ledger.folder, "other");
  mkdirSync(other);
  expect(keys((await checkCopy(db, other)).faults)).toEqual(["ledger.copy-other"]);
  writeFileSync(path.join(other, "copy-id.txt"), "0195a000-0000-7000-8000-00000000000f\n");
  expect(keys((await checkCopy(db, other)).faults)).toEqual(["ledger.copy-other"]);
  const away = path.join(ledger.folder, "away");
  expect(keys((await checkCopy(db, away)).faults)).toEqual(["ledger.copy-missing"]);
  expect(keys((await checkCopy(db, undefined)).faults)).toEqual(["ledger.copy-not-set"]);
  expect(keys(await findCopyFaults(db))).toEqual(["ledger.copy-not-set"]);
  const [file = ""] = fileNames();
  const [first = ""] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, `${first}\n`);
  expect(keys((await checkCopy(db, folder)).faults)).toEqual(["ledger.copy-short"]);
  await expect(assertNoLostOptOuts(db)).rejects.toThrow("it had at least 3");
});

it("goes on serving while the disk of a copy that was compared is away, and continues the copy when it is back", async () => {
  const { ledger, db, folder, copy } = await scene();
  await copy();
  renameSync(folder, `${folder}-away`);
  const ids = await recordOptOuts(ledger, 1, 10);
  expect(await copy()).toMatchObject({ added: 0, hasLost: false });
  expect(keys((await copy()).faults)).toEqual(["ledger.copy-missing"]);
  expect(await findCopyFaults(db)).toEqual([]);
  renameSync(`${folder}-away`, folder);
  expect(await copy()).toMatchObject({ added: 1, faults: [] });
  expect((await checkCopy(db, folder)).entryIds).toContain(ids[0]);
});

it("says that nothing can be written, and writes the missing lines once that is possible", async () => {
  const { ledger, copy, startCopier } = await scene();
  const broken = path.join(ledger.folder, "broken");
  const inTheWay = path.join(broken, "opt-outs-000000000.txt");
  mkdirSync(inTheWay, { recursive: true });
  const fault = { key: "ledger.copy-not-written", values: { folder: broken, why: "EISDIR" } };
  const copier = startCopier(broken);
  expect(await copier.pass()).toMatchObject({ added: 0, hasLost: false, faults: [fault] });
  rmSync(inTheWay, { recursive: true });
  expect(await copier.pass()).toMatchObject({ added: 3, faults: [] });
  expect(keys((await copy()).faults)).toEqual(["ledger.copy-other"]);
});

it("begins a new copy only in an empty folder, and compares with it from then on", async () => {
  const { ledger, db, folder, copy, startCopier } = await scene();
  await copy();
  await rewindTo(ledger, 6);
  await forgetComparison(ledger);
  await checkCopy(db, folder);
  const officer = "0195a000-0000-7000-8000-00000000000a";
  expect(await replaceCopy(db, folder, officer)).toMatchObject({ key: "ledger.copy-not-empty" });
  expect(keys(await findCopyFaults(db))).toEqual(["ledger.copy-lost"]);
  const empty = path.join(ledger.folder, "empty");
  mkdirSync(empty);
  expect(await replaceCopy(db, empty, officer)).toBeNull();
  expect(await findCopyFaults(db)).toEqual([]);
  expect(await startCopier(empty).pass()).toMatchObject({ added: 1, faults: [] });
  expect(keys((await startCopier().pass()).faults)).toContain("ledger.copy-other");
});

it("writes each opt-out once, whole, while two signing workers share the folder", async () => {
  const { ledger, db, folder, fileNames, startCopier } = await scene();
  const writers = [startCopier(), startCopier()];
  const passTogether = () => Promise.all(writers.map((writer) => writer.pass()));
  await passTogether();
  for (let round = 1; round <= 4; round++) {
    await recordOptOuts(ledger, 3, round * 10);
    for (const { faults } of await passTogether()) expect(faults).toEqual([]);
  }
  await startCopier().pass();
  expect(await compareOptOuts(db, folder)).toEqual({ copied: 15, lost: [], faults: [] });
  const lines = fileNames().flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"));
  expect(new Set(lines).size).toBe(lines.length);
});

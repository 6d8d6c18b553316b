// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import { AuditDigestClaims, type DayCheck, checkAuditFile } from "@ringfence/core/desk/audit-log";
import { RetentionSweepId } from "@ringfence/core/ids";
import { ListAudit } from "@ringfence/core/platform/audit";
import { DAY_MS } from "@ringfence/core/platform/time";
import { anOrganization, asOwner } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { asIntruder, listPlainStatements } from "../../../testing/ledger.ts";
import { aRetentionOffice } from "../../../testing/retention.ts";
import { addPurpose } from "../../account/purpose/index.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { createId } from "../../platform/rows.ts";
import { recordStatement } from "../../proof/ledger/append-statement.ts";
import { auditLedger } from "../../proof/ledger/audit-ledger.ts";
import { sequenceBatch } from "../../proof/ledger/sequence-entries.ts";
import { auditDigests } from "./audit-digests.ts";
import { listAudit } from "./list-audit.ts";
import { hashRemovedEntries } from "./removed-entries.ts";
import {
  SETTLE_MINUTES,
  auditDigestJob,
  hashEntries,
  startAuditDigests,
  stateAuditDigests,
} from "./state-digests.ts";

const toDay = (daysAgo: number) =>
  new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

/** The days since the first entry that are complete. Yesterday is not, for half an hour after midnight. */
const completeDays = [5, 4, 3, 2, 1]
  .map(toDay)
  .filter((day) => Date.parse(day) + DAY_MS + SETTLE_MINUTES * 60_000 <= Date.now());

/** Has the statement of a day fail after it was written to the ledger, as if its worker was killed. */
const failFrom = ({ db }: Pick<RootContext, "db">, day: string) =>
  asOwner(db, (owner) =>
    owner.query(`
      CREATE OR REPLACE FUNCTION be_killed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE OR REPLACE TRIGGER killed BEFORE INSERT ON audit_digest
        FOR EACH ROW WHEN (NEW.day >= '${day}') EXECUTE FUNCTION be_killed()`),
  );

/** An organization with entries of five days ago, of three days ago and of today, and its digests. */
async function aTrail() {
  const office = await aRetentionOffice();
  const { ctx } = office;
  // The entries of the founding are of today, and would be moved with the others.
  await asIntruder(ctx.db, "DELETE FROM audit_entry");
  const jobCtx = { ...ctx, actor: { type: "job", name: "audit.digest" } as const };
  for (const [daysAgo, names] of [
    [5, ["one", "two"]],
    [3, ["three"]],
    [0, ["four"]],
  ] as const) {
    for (const name of names) await addPurpose(ctx, { key: name, name, kind: "promotional" });
    await asIntruder(
      ctx.db,
      `UPDATE audit_entry SET at = at - interval '${daysAgo} days' WHERE at > now() - interval '12 hours'`,
    );
  }
  const check = async () => {
    const { faults } = await auditLedger(ctx.db);
    const { days } = await auditDigests(ctx, (fault) => faults.push(fault));
    return { days, faults: faults.map(({ key }) => key.replace(/^ledger\.audit-(digest-)?/, "")) };
  };
  const state = async (signal?: AbortSignal) => {
    const stated = await stateAuditDigests(jobCtx, { signal });
    await sequenceBatch(ctx.db);
    return stated;
  };
  const listDigests = async () =>
    (await listPlainStatements(ctx.db, ctx.organizationId)).flatMap(
      (claims) => AuditDigestClaims.safeParse(claims).data ?? [],
    );
  return { ...office, check, state, listDigests };
}

it("states each whole day once, also those without entries, and those that an outage left", async () => {
  const { state, listDigests, check } = await aTrail();
  expect(await state()).toEqual({ days: completeDays.length });
  expect(await state()).toEqual({ days: 0 });
  const digests = await listDigests();
  expect(digests.map(({ day }) => day)).toEqual(completeDays);
  expect(digests.map(({ entries }) => entries)).toEqual([2, 0, 1, 0, 0].slice(0, digests.length));
  expect(await check()).toEqual({ days: completeDays.length, faults: [] });
});

it("goes on with the next day after it was killed", async () => {
  const { ctx, state, listDigests } = await aTrail();
  const killed = new AbortController();
  await failFrom(ctx, toDay(3));
  await expect(state()).rejects.toThrow("killed");
  expect(await listDigests()).toHaveLength(2);
  await asOwner(ctx.db, (owner) => owner.query("DROP TRIGGER killed ON audit_digest"));
  killed.abort();
  await expect(state(killed.signal)).rejects.toThrow("aborted");
  expect(await state()).toEqual({ days: completeDays.length - 2 });
  expect(await listDigests()).toHaveLength(completeDays.length);
});

it("queues a job only for an organization with a day to state", async () => {
  const { ctx, state } = await aTrail();
  expect(await startAuditDigests(ctx.db)).toBe(1);
  const { rows } = await ctx.db.pool.query("SELECT task_identifier FROM graphile_worker.jobs");
  expect(rows).toContainEqual({ task_identifier: auditDigestJob.name });
  await state();
  expect(await startAuditDigests(ctx.db)).toBe(0);
});

/** The days that an attack has stated again: that of the entry of three days ago, and all after it. */
const againDays = completeDays.filter((day) => day >= toDay(3));
const changeEntry = `
  UPDATE audit_entry SET action = 'purpose.read' WHERE id = (
    SELECT id FROM audit_entry WHERE at < now() - interval '2 days' ORDER BY at DESC LIMIT 1);
  DELETE FROM audit_digest WHERE day >= '${toDay(3)}'`;
const hideDigests = (columns: string) => `
  UPDATE ledger.entry SET ${columns} FROM (
    SELECT entry_id FROM ledger.entry WHERE kind = 'audit.digest'
    ORDER BY entry_id DESC LIMIT ${againDays.length}) AS last
  WHERE entry.entry_id = last.entry_id`;
const newKey = "idem_key = sha256(idem_key)";

const attacks: [attack: string, statements: string, faults: string[]][] = [
  [
    "a changed action",
    "UPDATE audit_entry SET action = 'purpose.read' WHERE id = (SELECT id FROM audit_entry ORDER BY at LIMIT 1)",
    ["differs"],
  ],
  [
    "changed details",
    "UPDATE audit_entry SET details = '{}' WHERE id = (SELECT id FROM audit_entry ORDER BY at LIMIT 1)",
    ["differs"],
  ],
  [
    "another actor",
    `UPDATE audit_entry SET actor = '{"type":"member","id":"eve"}' WHERE id = (SELECT id FROM audit_entry ORDER BY at LIMIT 1)`,
    ["differs"],
  ],
  [
    "a removed entry",
    "DELETE FROM audit_entry WHERE id = (SELECT id FROM audit_entry ORDER BY at LIMIT 1)",
    ["differs"],
  ],
  [
    "an entry that is moved to another day",
    "UPDATE audit_entry SET at = at + interval '1 day' WHERE at < now() - interval '4 days'",
    ["differs", "differs"],
  ],
  [
    "an entry that is added on a day without entries",
    "INSERT INTO audit_entry SELECT organization_id, uuid7(), actor, action, phone_id, details, now() - interval '2 days' FROM audit_entry LIMIT 1",
    ["differs"],
  ],
  [
    "an entry from before the first digest",
    "INSERT INTO audit_entry SELECT organization_id, uuid7(), actor, action, phone_id, details, now() - interval '9 days' FROM audit_entry LIMIT 1",
    ["early"],
  ],
  [
    "a removed entry whose hash passes for one that a sweep removed",
    `INSERT INTO removed_audit_entry SELECT organization_id, id, at, $leaf FROM audit_entry ORDER BY at LIMIT 1;
     DELETE FROM audit_entry WHERE id IN (SELECT id FROM removed_audit_entry)`,
    ["removed", "differs"],
  ],
  [
    "a digest that was taken off the ledger",
    "DELETE FROM ledger.entry WHERE entry_id = (SELECT entry_id FROM ledger.entry WHERE kind = 'audit.digest' ORDER BY entry_id OFFSET 1 LIMIT 1)",
    ["leaf", "tile", "head", "missing"],
  ],
  [
    "a digest that was signed by somebody else",
    "UPDATE ledger.entry SET statement = left(statement, -10) || 'AAAAAAAAAA' WHERE entry_id = (SELECT entry_id FROM ledger.entry WHERE kind = 'audit.digest' ORDER BY entry_id OFFSET 1 LIMIT 1)",
    ["leaf", "unsigned", "missing"],
  ],
];

/** Attacks after which the worker states days again, because it does not find them stated. */
const attacksBeforeStating: typeof attacks = [
  [
    "a changed entry, and digests under other keys",
    `${changeEntry}; ${hideDigests(newKey)}`,
    [...againDays.map(() => "misfiled"), ...againDays.map(() => "again"), "differs"],
  ],
  [
    "a changed entry, and digests under another kind",
    `${changeEntry}; ${hideDigests(`${newKey}, kind = 'scrub'`)}`,
    againDays.map(() => "misfiled"),
  ],
  [
    "a changed entry, and digests under another organization",
    `${changeEntry}; ${hideDigests("organization_id = uuid7()")}`,
    againDays.map(() => "misfiled"),
  ],
  [
    "an entry from before the first digest, and no day that counts as stated",
    `INSERT INTO audit_entry SELECT organization_id, uuid7(), actor, action, phone_id, details, now() - interval '7 days' FROM audit_entry LIMIT 1;
     DELETE FROM audit_digest`,
    ["again", "again", "early"],
  ],
];

it("finds every entry and digest that somebody who owns the database added, changed or removed", async () => {
  const { ctx, state, check } = await aTrail();
  await state();
  const ledger = ["entry", "pending", "leaf", "tile", "log"].map((table) => `ledger.${table}`);
  const tables = ["audit_entry", "removed_audit_entry", "audit_digest", ...ledger];
  for (const [index, table] of tables.entries())
    await asIntruder(ctx.db, `CREATE TABLE saved_${index} AS TABLE ${table}`);
  for (const one of [...attacks, ...attacksBeforeStating]) {
    const [attack, statements, faults] = one;
    await asIntruder(ctx.db, statements.replace("$leaf", `decode('${"00".repeat(32)}', 'hex')`));
    if (attacksBeforeStating.includes(one)) await state();
    expect({ attack, faults: (await check()).faults }).toEqual({ attack, faults });
    for (const [index, table] of tables.entries())
      await asIntruder(ctx.db, `DELETE FROM ${table}; INSERT INTO ${table} TABLE saved_${index}`);
  }
  expect((await check()).faults).toEqual([]);
});

it("does not take a retention sweep for tampering, and finds what is changed after it", async () => {
  const { ctx, state, check, listDigests, sweep, publishPolicy, age } = await aTrail();
  const minDays = 400;
  await age("audit_entry", ["at"], minDays, "at < now() - interval '1 day'");
  // The sweep removes the entries of one day that is stated, and of one that is not yet.
  await failFrom(ctx, toDay(minDays + 3));
  await expect(state()).rejects.toThrow("killed");
  expect((await check()).faults).toEqual(["late"]);
  await publishPolicy({ audit: minDays });
  await sweep();
  const { rows } = await ctx.db.pool.query(
    "SELECT count(*)::int AS count FROM removed_audit_entry",
  );
  expect(rows).toEqual([{ count: 3 }]);
  await failFrom(ctx, toDay(minDays + 1));
  await expect(state()).rejects.toThrow("killed");
  expect((await listDigests()).map(({ entries }) => entries)).toEqual([2, 0, 1, 0]);
  expect((await check()).faults).toEqual(["late"]);

  await asIntruder(ctx.db, "DELETE FROM retention_batch WHERE kind = 'audit'");
  expect((await check()).faults).toEqual(["late", "removed", "removed"]);
});

it("does not take an entry for one that a sweep removed before its day was stated", async () => {
  const { ctx, state, check, sweep, publishPolicy, age } = await aTrail();
  await age("audit_entry", ["at"], 400, "at < now() - interval '4 days'");
  await publishPolicy({ audit: 400 });
  await sweep();
  await state();
  expect((await check()).faults).toEqual([]);
  const swept = await ctx.db.prisma.retentionBatch.findFirstOrThrow({ where: { kind: "audit" } });
  const { id } = await ctx.db.prisma.auditEntry.findFirstOrThrow({ orderBy: { at: "asc" } });
  const [entry] = await hashEntries({ db: ctx.db.prisma, organizationId: ctx.organizationId }, [
    id,
  ]);
  if (entry === undefined) throw new Error("the trail has no entry");
  const replaceBy = (removedId: string | undefined) => `
    INSERT INTO removed_audit_entry (organization_id, id, at, leaf)
    VALUES ('${ctx.organizationId}', '${removedId}', '${entry.at.toISOString()}', decode('${Buffer.from(entry.leaf).toString("hex")}', 'hex'))
    ON CONFLICT (organization_id, id) DO UPDATE SET at = excluded.at, leaf = excluded.leaf;
    DELETE FROM audit_entry WHERE id = '${id}'`;
  await asIntruder(ctx.db, "CREATE TABLE saved AS TABLE removed_audit_entry");
  await asIntruder(ctx.db, replaceBy(swept.ids[0]));
  expect((await check()).faults).toEqual(["removed"]);

  // The entry itself, as if a sweep of another organization had been one of ours.
  await asIntruder(
    ctx.db,
    "DELETE FROM removed_audit_entry; INSERT INTO removed_audit_entry TABLE saved",
    replaceBy(id),
  );
  const sha256 = await hashRemovedEntries(
    { db: ctx.db.prisma, organizationId: ctx.organizationId },
    [id],
  );
  const other = await anOrganization(ctx.db);
  const sweepId = await createId({ db: ctx.db.prisma }, RetentionSweepId);
  await inTransaction({ ...ctx, organizationId: other }, (tx) =>
    recordStatement(tx, {
      organizationId: other,
      kind: "retention.sweep",
      subject: sweepId,
      at: tx.now,
      claims: {
        removed: [{ kind: "audit", rows: 1, sha256: hash("sha256", sha256, "hex") }],
      },
    }),
  );
  await sequenceBatch(ctx.db);
  await asIntruder(
    ctx.db,
    `UPDATE ledger.entry SET organization_id = '${ctx.organizationId}' WHERE organization_id = '${other}'`,
    `INSERT INTO retention_batch SELECT organization_id, uuid7(), '${sweepId}', kind, 1, oldest, newest,
       ARRAY['${id}']::uuid[], decode('${sha256.toString("hex")}', 'hex'), at FROM retention_batch WHERE kind = 'audit' LIMIT 1`,
  );
  expect((await check()).faults).toEqual(["misfiled", "misfiled", "removed"]);
});

it("gives an outsider a file whose days agree with their digests, unless a line was changed", async () => {
  const { ctx, state, listDigests } = await aTrail();
  await state();
  const digests = await listDigests();
  const { items } = await listAudit(ctx, { ...ListAudit.parse({ limit: 200 }), isFile: true });
  const lines = items.map(({ id, at, storedActor, by, action, phone, details }) =>
    JSON.stringify({
      id,
      at,
      actor: { ...Object(storedActor), name: by?.name ?? null },
      action,
      phoneId: phone?.phoneId ?? null,
      details,
    }),
  );
  const results = (file: string): DayCheck["result"][] =>
    checkAuditFile(file, digests).map(({ result }) => result);
  expect(results(lines.join("\n"))).toEqual(completeDays.map(() => "same"));
  const changed = lines.join("\n").replace('"purpose.change"', '"purpose.read"');
  expect(results(changed.replace(lines.at(-1) ?? "", ""))).toContain("differs");
});

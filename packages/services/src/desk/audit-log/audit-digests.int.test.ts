import { AuditDigestClaims, type DayCheck, checkAuditFile } from "@ringfence/core/desk/audit-log";
import { ListAudit } from "@ringfence/core/platform/audit";
import type { Message } from "@ringfence/core/platform/message";
import { DAY_MS } from "@ringfence/core/platform/time";
import { asOwner } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { asIntruder, listPlainStatements } from "../../../testing/ledger.ts";
import { aRetentionOffice } from "../../../testing/retention.ts";
import { addPurpose } from "../../account/purpose/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { auditDigests } from "./audit-digests.ts";
import { listAudit } from "./list-audit.ts";
import {
  SETTLE_MINUTES,
  auditDigestJob,
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
      CREATE FUNCTION be_killed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE TRIGGER killed BEFORE INSERT ON audit_digest
        FOR EACH ROW WHEN (NEW.day >= '${day}') EXECUTE FUNCTION be_killed()`),
  );

/** An organization with entries of five days ago, of three days ago and of today, and its digests. */
async function aTrail() {
  const office = await aRetentionOffice();
  const { ctx } = office;
  // Whatever founded the organization is not of these days.
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
    const faults: Message[] = [];
    const { days } = await auditDigests(ctx, (fault) => faults.push(fault));
    return { days, faults: faults.map(({ key }) => key.replace("ledger.audit-digest-", "")) };
  };
  const state = (signal?: AbortSignal) => stateAuditDigests(jobCtx, { signal });
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

const attacks = [
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
    ["missing"],
  ],
  [
    "a digest that was signed by somebody else",
    "UPDATE ledger.entry SET statement = left(statement, -10) || 'AAAAAAAAAA' WHERE entry_id = (SELECT entry_id FROM ledger.entry WHERE kind = 'audit.digest' ORDER BY entry_id OFFSET 1 LIMIT 1)",
    ["unsigned", "missing"],
  ],
] as const;

it("finds every entry and digest that somebody who owns the database added, changed or removed", async () => {
  const { ctx, state, check } = await aTrail();
  await state();
  const tables = ["audit_entry", "removed_audit_entry", "ledger.entry"];
  for (const [index, table] of tables.entries())
    await asIntruder(ctx.db, `CREATE TABLE saved_${index} AS TABLE ${table}`);
  for (const [attack, statements, faults] of attacks) {
    await asIntruder(ctx.db, statements.replace("$leaf", `decode('${"00".repeat(32)}', 'hex')`));
    expect({ attack, faults: (await check()).faults }).toEqual({ attack, faults });
    for (const [index, table] of tables.entries())
      await asIntruder(ctx.db, `DELETE FROM ${table}; INSERT INTO ${table} TABLE saved_${index}`);
  }
  expect((await check()).faults).toEqual([]);
});

it("does not take a retention sweep for tampering, and finds what is changed after it", async () => {
  const { ctx, state, check, sweep, publishPolicy, age } = await aTrail();
  const minDays = 400;
  await age("audit_entry", ["at"], minDays, "at < now() - interval '1 day'");
  await failFrom(ctx, toDay(minDays));
  await expect(state()).rejects.toThrow("killed");
  expect((await check()).faults).toEqual(["late"]);
  await publishPolicy({ audit: minDays });
  await sweep();
  const { rows } = await ctx.db.pool.query(
    "SELECT count(*)::int AS count FROM removed_audit_entry",
  );
  expect(rows).toEqual([{ count: 3 }]);
  expect((await check()).faults).toEqual(["late"]);

  await asIntruder(ctx.db, "DELETE FROM retention_batch WHERE kind = 'audit'");
  expect((await check()).faults).toEqual(["late", "removed", "removed"]);
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

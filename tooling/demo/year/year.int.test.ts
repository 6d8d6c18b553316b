import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aFolder, asOwner, openTestDb, toOwnerUrl } from "@ringfence/db/testing";
import { judgeCalls } from "@ringfence/services/calling/violation";
import { openFiles } from "@ringfence/services/platform/files";
import { auditLedger, commitScreenings } from "@ringfence/services/proof/ledger";
import { auditRecord } from "@ringfence/services/proof/record";
import { keysIn } from "@ringfence/services/testing/keys";
import { beforeAll, expect, it } from "vitest";
import { choosePhones } from "../choose-phones.ts";
import { demoContext, seed } from "../seed.ts";
import { loadYear } from "./year.ts";

const db = await openTestDb();
const installation = { db, keys: keysIn(mkdtempSync(path.join(tmpdir(), "ringfence-keys-"))) };
const ctx = { ...demoContext(installation), files: openFiles(aFolder()) };
const { organizationId } = ctx;

beforeAll(async () => {
  await seed(installation, new Uint8Array(32).fill(1));
  await loadYear(ctx, toOwnerUrl(db.url));
}, 300_000);

/** Rows of a query, as numbers by name. */
async function count(sql: string): Promise<Record<string, number>> {
  const { rows } = await db.pool.query<{ name: string; count: string }>(sql);
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
}

it("has calls in each month, with every outcome, and screenings that refused", async () => {
  const months = await count(
    "SELECT to_char(at, 'YYYY-MM') AS name, count(*) FROM call GROUP BY 1",
  );
  expect(Object.keys(months).length).toBeGreaterThanOrEqual(12);
  const outcomes = await count(
    "SELECT outcome AS name, count(*) FROM call WHERE campaign IS NOT NULL GROUP BY 1",
  );
  expect(Object.keys(outcomes)).toEqual(
    expect.arrayContaining(["accepted", "refused", "reached", "no_answer", "busy", "opted_out"]),
  );
  const reasons = await count(
    `SELECT refusal ->> 'reason' AS name, count(*)
     FROM screening CROSS JOIN jsonb_array_elements(refusals) AS refusal GROUP BY 1`,
  );
  expect(Object.keys(reasons)).toEqual(
    expect.arrayContaining(["consent-missing", "opted-out", "outside-calling-hours"]),
  );
  expect(await db.prisma.screening.count({ where: { phoneId: null } })).toBe(0);
});

it("has campaigns and complaints in every state, and refusals through every channel", async () => {
  const campaigns = await count("SELECT state AS name, count(*) FROM campaign GROUP BY 1");
  expect(Object.keys(campaigns).toSorted()).toEqual(["done", "in-review", "paused", "running"]);
  const complaints = await count(
    `SELECT coalesce(decision, CASE WHEN appealed_at IS NULL THEN 'open' ELSE 'appealed' END) AS name,
       count(*) FROM complaint GROUP BY 1`,
  );
  expect(complaints).toEqual({
    rejected: 1,
    upheld: 1,
    "partly-upheld": 1,
    withdrawn: 1,
    appealed: 1,
    open: 3,
  });
  const channels = await count("SELECT channel AS name, count(*) FROM opt_out GROUP BY 1");
  expect(Object.keys(channels)).toEqual(
    expect.arrayContaining([
      "agent",
      "api",
      "disposition",
      "email",
      "ivr",
      "regulator",
      "sms",
      "web",
    ]),
  );
  expect(await db.prisma.policy.count({ where: { organizationId } })).toBe(1);
  expect(await db.prisma.policyDraft.count({ where: { organizationId } })).toBe(1);
  expect(await db.prisma.legalHold.count({ where: { organizationId } })).toBe(1);
});

it("finds the planted violations and no others, also when every call is judged again", async () => {
  const find = () =>
    db.prisma.violation.findMany({
      where: { organizationId, call: { externalId: { startsWith: "demo-call-" } } },
      select: { callId: true, codes: true, closedAt: true, foundAt: true, at: true },
    });
  const found = await find();
  expect(found.length).toBe(14);
  expect(found.some(({ codes }) => codes.includes("without-permit"))).toBe(true);
  expect(found.some(({ codes }) => codes.includes("opted-out"))).toBe(true);
  expect(found.filter(({ closedAt }) => closedAt === null).length).toBeGreaterThan(0);
  // They were found when they happened, not all on the day on which the demo was created.
  const weeks = found.map(({ foundAt, at }) => (foundAt.getTime() - at.getTime()) / 604_800_000);
  expect(Math.max(...weeks)).toBeLessThan(5);

  await db.pool.query(
    `INSERT INTO call_queue (organization_id, id, call_id, is_first)
     SELECT organization_id, uuid7(), id, false FROM call`,
  );
  const scanner = { ...ctx, actor: { type: "job", name: "violation.scan" } } as const;
  while ((await judgeCalls(scanner, {})) > 0);
  expect((await find()).length).toBe(found.length);
}, 120_000);

const findClock = async () => {
  const { rowCount } = await asOwner(db, (owner) =>
    owner.query("SELECT FROM pg_namespace WHERE nspname = 'demo_clock'"),
  );
  return rowCount;
};

it("leaves a ledger and records without faults, and sets the clock back to now", async () => {
  await commitScreenings(installation);
  expect((await auditLedger(db)).faults).toEqual([]);
  const faults: unknown[] = [];
  await auditRecord(installation, (fault) => faults.push(fault));
  expect(faults).toEqual([]);
  expect(await findClock()).toBe(0);
}, 120_000);

it("removes the clock of a process that was killed, even if the year exists already", async () => {
  await asOwner(db, (owner) =>
    owner.query("CREATE SCHEMA demo_clock; GRANT USAGE ON SCHEMA demo_clock TO PUBLIC"),
  );
  expect(await findClock()).toBe(1);
  await loadYear(ctx, toOwnerUrl(db.url));
  expect(await findClock()).toBe(0);
});

it("is created only once, and leaves somebody to call", async () => {
  const calls = await db.prisma.call.count();
  await loadYear(ctx, toOwnerUrl(db.url));
  expect(await db.prisma.call.count()).toBe(calls);
  const { phones } = await choosePhones(ctx, "demo-bank");
  expect(phones.callable).toMatch(/^\+/);
});

import { aNumber, anOrganization, countJobs, openTestDb } from "@ringfence/db/testing";
import { recordCalls } from "@ringfence/services/calling/call";
import { openFiles } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import { expect, it } from "vitest";
import { aFolder } from "../../../testing/folder.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import { someKeys } from "../../../testing/registry.ts";
import { jobs } from "../jobs.ts";

const db = await openTestDb();
const perform = async (keys: Keys, name: string, payload: object) => {
  const files = openFiles(await aFolder());
  const sources = { registriesFolder: null, privateHosts: [] };
  const signal = new AbortController().signal;
  const tools = { db, keys, files, sources, worker: "a", signal, ...noMessages };
  await jobs.find((job) => job.name === name)?.perform(payload, tools);
};

it("scans the waiting calls, only of organizations that have some", async () => {
  const keys = someKeys();
  const [organizationId, idle] = [await anOrganization(db), await anOrganization(db)];
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const at = "2026-03-01T09:00:00Z";
  const rows = Array.from({ length: 3 }, () => ({ phone: aNumber(), purpose: "marketing", at }));
  await recordCalls({ db, keys, organizationId, actor }, { rows });

  await perform(keys, "violation.sweep", {});
  expect([await countJobs(db, organizationId), await countJobs(db, idle)]).toEqual([1, 0]);

  await perform(keys, "violation.scan", { organizationId });
  expect(await db.prisma.violation.count({ where: { organizationId } })).toBe(3);
  expect(await db.prisma.callQueue.count({ where: { organizationId } })).toBe(0);
});

it("queues one scan per organization at a time, and another when its worker was killed", async () => {
  const keys = someKeys();
  const organizationId = await anOrganization(db);
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const rows = [{ phone: aNumber(), purpose: "marketing", at: "2026-03-01T09:00:00Z" }];
  await recordCalls({ db, keys, organizationId, actor }, { rows });
  const lockedFor = (span: string) =>
    db.pool.query(
      `UPDATE graphile_worker._private_jobs
       SET locked_by = 'other', locked_at = now() - $2::interval
       WHERE payload ->> 'organizationId' = $1`,
      [organizationId, span],
    );

  for (const span of [null, "0 s", "3 min"]) {
    if (span !== null) await lockedFor(span);
    await perform(keys, "violation.sweep", {});
    expect(await countJobs(db, organizationId)).toBe(1);
  }
  await lockedFor("5 min");
  await perform(keys, "violation.sweep", {});
  expect(await countJobs(db, organizationId)).toBe(2);
});

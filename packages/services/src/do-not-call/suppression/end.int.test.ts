import { SuppressionId } from "@ringfence/core/ids";
import type { RecordSuppression } from "@ringfence/core/do-not-call/suppression";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { endSuppression } from "./end.ts";
import { recordSuppression } from "./record.ts";

async function scene(more: Partial<RecordSuppression> = {}) {
  const ctx = await aContext();
  const input: RecordSuppression = {
    phone: aNumber(),
    reason: "complaint_under_review",
    at: new Date("2026-01-01T00:00:00Z"),
    ...more,
  };
  const { id, phoneId } = await recordSuppression(ctx, input);
  const end = (by: ServiceContext = ctx) =>
    endSuppression(by, { id: SuppressionId.parse(id), reason: "over" });
  const onRecord = () =>
    db.prisma.suppression.findMany({ where: { organizationId: ctx.organizationId } });
  return { ctx, input, id, phoneId, end, onRecord };
}

it("is no longer in force from now on, but was before", async () => {
  const { ctx, id, phoneId, input, end, onRecord } = await scene();

  const { until } = await end();

  expect(until.getTime()).toBeGreaterThan(input.at?.getTime() ?? Infinity);
  expect(await onRecord()).toMatchObject([{ id, at: input.at, until }]);
  const where = { organizationId: ctx.organizationId, action: "suppression.end" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { phoneId, details: { suppressionId: id, ended: "over" } },
  ]);
});

it("ends once", async () => {
  const { end } = await scene();
  const ends = await Promise.allSettled([end(), end(), end()]);
  expect(ends.map(({ status }) => status).toSorted()).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
  ]);
  await expect(end()).rejects.toMatchObject({ code: "conflict" });
});

it("ends once, though the second began before the first", async () => {
  const { ctx, end } = await scene();
  await inTransaction(ctx, async (earlier) => {
    await end();
    const began = new Date(earlier.now.getTime() - 1);
    await expect(end({ ...earlier, now: began })).rejects.toMatchObject({ code: "conflict" });
  });
});

it("never takes effect if it is ended before it begins", async () => {
  const at = new Date("2099-01-01T00:00:00Z");
  const { end, onRecord } = await scene({ at });
  await end();
  expect(await onRecord()).toMatchObject([{ at, until: at }]);
  await expect(end()).rejects.toMatchObject({ code: "conflict" });
});

it("can be recorded again", async () => {
  const { ctx, input, end, onRecord } = await scene({ at: undefined });
  await end();
  expect(await recordSuppression(ctx, input)).toMatchObject({ status: "created" });
  expect(await onRecord()).toHaveLength(2);
});

it("is not for auditors", async () => {
  const { ctx, end, onRecord } = await scene();
  await expect(end(as(ctx, "auditor"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await onRecord()).toMatchObject([{ until: null }]);
});

it("ends none of another organization", async () => {
  const [{ end, onRecord }, other] = [await scene(), await aContext()];
  await expect(end(other)).rejects.toMatchObject({ code: "not-found" });
  expect(await onRecord()).toMatchObject([{ until: null }]);
});

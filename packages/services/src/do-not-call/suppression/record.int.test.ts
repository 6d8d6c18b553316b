import type { RecordSuppression } from "@ringfence/core/do-not-call/suppression";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { recordSuppression } from "./record.ts";

const day = (n: number) => new Date(Date.UTC(2099, 0, n));
const litigator = (more: Partial<RecordSuppression> = {}): RecordSuppression => ({
  phone: aNumber(),
  reason: "litigator",
  ...more,
});

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.suppression.findMany({ where: { organizationId } });

it("records that a number must not be called, and who said so", async () => {
  const ctx = await aContext();

  const { id, status, phoneId } = await recordSuppression(ctx, litigator({ until: day(9) }));

  expect(status).toBe("created");
  expect(await onRecord(ctx)).toMatchObject([
    { id, phoneId, reason: "litigator", until: day(9), actor: toStoredActor(ctx.actor) },
  ]);
  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { action: "suppression.record", phoneId, details: { suppressionId: id } },
  ]);
});

it("changes nothing when repeated, and never ends a suppression sooner", async () => {
  const ctx = await aContext();
  const input = litigator({ until: day(9) });
  const { id } = await recordSuppression(ctx, input);

  expect(await recordSuppression(ctx, input)).toMatchObject({ id, status: "unchanged" });
  expect(await recordSuppression(ctx, { ...input, until: day(8) })).toMatchObject({
    status: "unchanged",
  });
  expect(await onRecord(ctx)).toMatchObject([{ until: day(9) }]);
});

it("lasts longer when it is recorded again with a later end", async () => {
  const ctx = await aContext();
  const input = litigator({ at: day(1), until: day(9) });
  const { id } = await recordSuppression(ctx, input);

  expect(await recordSuppression(ctx, { ...input, until: undefined })).toMatchObject({
    id,
    status: "updated",
  });
  expect(await onRecord(ctx)).toMatchObject([{ id, until: null }]);
});

it("records one suppression for many concurrent requests", async () => {
  const ctx = await aContext();
  const input = litigator();
  await recordSuppression(ctx, { ...input, reason: "deceased" }); // a phone on record makes nobody wait

  await Promise.all(Array.from({ length: 6 }, () => recordSuppression(ctx, input)));

  expect(await onRecord(ctx)).toHaveLength(2);
});

it("records one suppression if another transaction commits the same one meanwhile", async () => {
  const ctx = await aContext();
  const input = litigator();
  const { status } = await inTransaction(ctx, async (within) => {
    await recordSuppression(ctx, input);
    return recordSuppression(within, input);
  });
  expect([status, (await onRecord(ctx)).length]).toEqual(["unchanged", 1]);
});

it.each([
  [{ phone: "nobody" }, "/phone"],
  [{ at: day(2), until: day(2) }, "/until"],
  [{ until: new Date(0) }, "/until"],
])("says what is wrong with %j", async (more, path) => {
  const ctx = await aContext();
  await expect(recordSuppression(ctx, litigator(more))).rejects.toMatchObject({
    code: "invalid",
    path,
  });
});

it("is not for marketers", async () => {
  const ctx = await aContext();
  await expect(recordSuppression(as(ctx, "marketer"), litigator())).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("says nothing of another organization's number", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const input = litigator();
  await recordSuppression(other, input);
  expect(await recordSuppression(ctx, input)).toMatchObject({ status: "created" });
});

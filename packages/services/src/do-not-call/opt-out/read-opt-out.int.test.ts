import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { readOptOut } from "./read-opt-out.ts";

it("tells of a refusal who asked for its correction, and what that came to", async () => {
  const { ctx, phone, optOut, correct } = await aWrongRefusal();
  const { id } = optOut;
  expect(await readOptOut(ctx, { id })).toMatchObject({
    phone,
    correctedAt: null,
    corrections: [],
    whyNotCorrect: null,
  });

  await correct();

  const told = await readOptOut(ctx, { id });
  expect(told).toMatchObject({
    corrections: [{ isOwn: true, by: { type: "member" }, answer: { isAccepted: true } }],
    whyNotCorrect: { key: "opt-out.corrected-already" },
  });
  expect(told.correctedAt).toEqual(told.corrections[0]?.answer?.at);
  const where = { organizationId: ctx.organizationId, action: "opt-out.read" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(2);
});

it("is for whoever may read refusals", async () => {
  const { ctx, optOut } = await aWrongRefusal();
  await expect(readOptOut(as(ctx, "agent"), { id: optOut.id })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not find one of another organization", async () => {
  const [{ optOut }, theirs] = [await aWrongRefusal(), await aContext()];
  await expect(readOptOut(theirs, { id: optOut.id })).rejects.toMatchObject({ code: "not-found" });
});

import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { authenticateRows } from "../../../testing/authenticate-rows.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, buyers, livesIn, twoSellers } from "../../../testing/segment-scene.ts";
import { countRule } from "./count-rule.ts";
import { saveSegment } from "./save-segment.ts";

it("counts who is meant", async () => {
  const ctx = await aScene();
  const count = async (rule: Parameters<typeof countRule>[1]["rule"]) =>
    (await countRule(ctx, { rule })).count;

  expect(await countRule(ctx, { rule: buyers })).toEqual({ faults: [], count: 2 });
  expect(await count({ is: "all", of: [buyers, livesIn("Tver")] })).toBe(1);
  expect(await count({ is: "any", of: [buyers, livesIn("Tver")] })).toBe(3);
  expect(await count({ is: "none", of: [buyers, livesIn("Tver")] })).toBe(1);
  expect(await count({ is: "all", of: [] })).toBe(4);
});

it("says all that is wrong, each at its node, and counts nothing", async () => {
  const ctx = await aScene();
  const rule = {
    is: "all" as const,
    of: [buyers, livesIn("Omsk"), { ...livesIn("x"), field: "town" }],
  };
  expect(await countRule(ctx, { rule })).toMatchObject({
    faults: [{ path: "/of/2/field", message: { key: "segment.field-unknown" } }],
    count: null,
  });
});

it("leaves out who refused profiling, also of those who did nothing", async () => {
  const ctx = await aScene();
  const { organizationId } = ctx;
  const phone = await db.prisma.phone.findFirstOrThrow({
    where: { organizationId, e164: "+12025550101" },
  });
  const at = new Date("2026-02-01T00:00:00Z");
  const { id: optOutId } = await db.prisma.optOut.create({
    data: {
      organizationId,
      phoneId: phone.id,
      scope: "profiling",
      channel: "web",
      at,
      recordedAt: at,
      reference: "AAAA0001",
      actor: {},
    },
  });
  const counts = async () => [
    (await countRule(ctx, { rule: buyers })).count,
    (await countRule(ctx, { rule: { is: "none", of: [buyers] } })).count,
    (await countRule(ctx, { rule: livesIn("Omsk") })).count,
  ];
  expect(await counts()).toEqual([1, 2, 1]);

  const { id: correctionId } = await db.prisma.optOutCorrection.create({
    data: { organizationId, optOutId, proposedAt: at, actor: { id: "asks" } },
  });
  expect(await counts()).toEqual([1, 2, 1]);
  const answer = { organizationId, correctionId, optOutId, answeredAt: at };
  await db.prisma.optOutCorrectionAnswer.create({
    data: { ...answer, isAccepted: true, actor: { id: "accepts" } },
  });
  await authenticateRows(ctx, organizationId);
  expect(await counts()).toEqual([2, 2, 1]);
});

it("is not for agents, and counts nobody of another organization", async () => {
  const ctx = await aScene();
  await expect(countRule(as(ctx, "agent"), { rule: buyers })).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = await aContext();
  expect(await countRule(other, { rule: { is: "all", of: [] } })).toMatchObject({ count: 0 });
  expect(await countRule(other, { rule: buyers })).toMatchObject({ count: 0 });
});

it("counts nobody by their consent to a seller that is not the member's, in a named segment either", async () => {
  const ctx = await aScene();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const { id: segment } = await saveSegment(ctx, { name: "Theirs", rule: theirs });
  const { id: outer } = await saveSegment(ctx, { name: "Outer", rule: { is: "segment", segment } });
  const hidden: Rule[] = [
    theirs,
    { is: "none", of: [mine, { is: "all", of: [theirs] }] },
    { is: "segment", segment: outer },
  ];
  for (const rule of hidden) {
    await expect(countRule(marketer, { rule })).rejects.toMatchObject({ code: "forbidden" });
    expect(await countRule(ctx, { rule })).toMatchObject({ faults: [] });
  }
  expect(await countRule(marketer, { rule: mine })).toEqual({ faults: [], count: 0 });
});

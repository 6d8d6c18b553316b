import { expect, it } from "vitest";
import { aRetentionOffice, toTerms } from "../../../testing/retention.ts";
import { answerRetention, proposeRetention, readRetention } from "./policy.ts";
import { listSweeps } from "./sweep-proof.ts";
import { startSweeps } from "./sweep.ts";

const reason = "Our data protection officer asked for it.";

it("has no effect until another officer publishes it", async () => {
  const { ctx, propose, answer, sweep } = await aRetentionOffice();
  const { id } = await propose({ calls: 400 });
  await expect(
    answerRetention(ctx, { policyId: id, isPublished: true, reason }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await sweep();
  expect(await listSweeps(ctx)).toEqual([]);
  expect(await readRetention(ctx)).toMatchObject({ inForce: null, proposed: { id } });
  await answer(id);
  expect(await readRetention(ctx)).toMatchObject({ inForce: { id }, proposed: null });
});

it("cannot be published by its proposer even with raw SQL", async () => {
  const { ctx, propose } = await aRetentionOffice();
  const { id } = await propose({ calls: 400 });
  const { proposedBy } = await ctx.db.prisma.retentionPolicy.findFirstOrThrow();
  const answer = {
    organizationId: ctx.organizationId,
    policyId: id,
    isPublished: true,
    reason,
    answeredBy: proposedBy,
    answeredAt: new Date(),
  };
  await expect(ctx.db.prisma.retentionAnswer.create({ data: answer })).rejects.toThrow(
    "another than who proposed it",
  );
});

it.each([0, 1, 89])("rejects %s days for calls", async (days) => {
  const { ctx, propose } = await aRetentionOffice();
  await expect(propose({ calls: days })).rejects.toMatchObject({ code: "invalid-field" });
  const { id } = await propose({ calls: 400 });
  const term = { organizationId: ctx.organizationId, policyId: id, kind: "audit", place: "" };
  await expect(
    ctx.db.prisma.retentionTerm.create({ data: { ...term, prefix: "", days: Math.min(days, 6) } }),
  ).rejects.toThrow("retention_term");
});

it("publishes only the latest proposal, so none that changed after it was previewed", async () => {
  const { ctx, propose, answer } = await aRetentionOffice();
  const previewed = await propose({ calls: 4_000 });
  const later = await propose({ calls: 400 });
  await expect(answer(previewed.id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "retention.superseded" },
  });
  await answer(later.id);
  await expect(answer(later.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(ctx.db.prisma.retentionTerm.updateMany({ data: { days: 7 } })).rejects.toThrow(
    "append-only",
  );
});

it("adds the terms of law by itself, and takes none below them", async () => {
  const { ctx, propose } = await aRetentionOffice();
  await propose({ calls: 400 });
  const { proposed } = await readRetention(ctx);
  expect(proposed?.terms).toContainEqual({
    kind: "calls",
    place: "US",
    prefix: "+1",
    days: 1_827,
    rule: "US.records",
  });
  expect(proposed?.terms).toContainEqual(
    expect.objectContaining({ kind: "calls", place: "AE", days: null }),
  );
  const terms = [...toTerms({ calls: 400 }), { kind: "calls" as const, place: "US", days: 1_000 }];
  await expect(proposeRetention(ctx, { terms, reason })).rejects.toMatchObject({
    code: "invalid-field",
    explanation: { key: "retention.below-law" },
  });
});

it("is swept for every night once it is published, and not before", async () => {
  const { ctx, propose, answer } = await aRetentionOffice();
  const { id } = await propose({ calls: 400 });
  const queued = async () => {
    await startSweeps(ctx.db);
    const { rows } = await ctx.db.pool.query(
      "SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'retention.remove'",
    );
    return rows;
  };
  expect(await queued()).toEqual([]);
  await answer(id);
  expect(await queued()).toEqual([{ key: `retention.remove ${ctx.organizationId}` }]);
});

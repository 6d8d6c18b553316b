import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RecordReply } from "@ringfence/core/do-not-call/inbound";
import { recordReply } from "./reply.ts";

async function scene() {
  const ctx = await aContext({ type: "job", name: "inbound" });
  const { organizationId } = ctx;
  const reply: RecordReply = {
    provider: "twilio",
    externalId: "SM1",
    channel: "sms",
    phone: aNumber(),
    reading: "refusal",
    text: "STOP",
  };
  const optOuts = () => db.prisma.optOut.findMany({ where: { organizationId } });
  const questions = () => db.prisma.refusalQuestion.findMany({ where: { organizationId } });
  return { ctx, reply, optOuts, questions };
}

it("records an opt-out once, however often it arrives", async () => {
  const { ctx, reply, optOuts } = await scene();
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => recordReply(ctx, reply)));
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
    "refused",
    "repeated",
    "repeated",
    "repeated",
  ]);
  expect(await optOuts()).toHaveLength(1);
});

it("counts the next message, and the same id of another provider", async () => {
  const { ctx, reply, optOuts } = await scene();
  await recordReply(ctx, reply);
  await recordReply(ctx, { ...reply, externalId: "SM2", phone: aNumber() });
  await recordReply(ctx, { ...reply, provider: "other", phone: aNumber() });
  await recordReply(ctx, { ...reply, externalId: null, phone: aNumber() });
  expect(await optOuts()).toHaveLength(4);
});

it("keeps a question with its text until a person answers it", async () => {
  const { ctx, reply, optOuts, questions } = await scene();
  const odd = { ...reply, reading: "question", text: "wrong\0 number" } as const;
  expect(await recordReply(ctx, odd)).toEqual({ outcome: "asked" });
  expect(await recordReply(ctx, odd)).toEqual({ outcome: "repeated" });
  expect(await questions()).toMatchObject([{ text: "wrong number", channel: "sms" }]);
  expect(await optOuts()).toEqual([]);
});

it("counts a call whose code or number was corrected, under the same id", async () => {
  const { ctx, reply, optOuts } = await scene();
  await recordReply(ctx, { ...reply, reading: "question", text: "vicidial: REMOVE?" });
  expect(await recordReply(ctx, reply)).toMatchObject({ outcome: "refused" });
  await recordReply(ctx, { ...reply, phone: "unknown" });
  expect(await recordReply(ctx, { ...reply, phone: aNumber() })).toMatchObject({
    outcome: "refused",
  });
  expect(await optOuts()).toHaveLength(2);
});

it("keeps a question without a number", async () => {
  const { ctx, reply, questions } = await scene();
  await recordReply(ctx, { ...reply, phone: "BANK", reading: "question", text: "spam" });
  expect(await questions()).toMatchObject([{ phoneId: null, text: "BANK: spam" }]);
});

it("records nothing that is neither an opt-out nor a question", async () => {
  const { ctx, reply } = await scene();
  expect(await recordReply(ctx, { ...reply, reading: "other" })).toEqual({ outcome: "nothing" });
  const { organizationId } = ctx;
  expect(await db.prisma.inboundMessage.count({ where: { organizationId } })).toBe(0);
});

it("counts separately in another organization, and refuses auditors", async () => {
  const [mine, theirs] = [await scene(), await scene()];
  await recordReply(mine.ctx, mine.reply);
  expect((await recordReply(theirs.ctx, mine.reply)).outcome).toBe("refused");
  expect([await mine.optOuts(), await theirs.optOuts()].map(({ length }) => length)).toEqual([
    1, 1,
  ]);
  await expect(recordReply(as(mine.ctx, "auditor"), mine.reply)).rejects.toMatchObject({
    code: "forbidden",
  });
});

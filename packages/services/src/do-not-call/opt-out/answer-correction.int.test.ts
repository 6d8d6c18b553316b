import { OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal, reasonsOf } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, anotherPhoneOf } from "../../../testing/phones.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { statedOf } from "../../../testing/statements.ts";
import { screenBatch } from "../../calling/screening/screen-batch.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { answerCorrection } from "./answer-correction.ts";
import { listCorrections } from "./list-corrections.ts";
import { listOptOuts } from "./list-opt-outs.ts";
import { optOut } from "./opt-out.ts";
import { inTransaction } from "../../platform/context.ts";
import { optOutFeed } from "./opt-out-feed.ts";
import { proposeCorrection } from "./propose-correction.ts";
import { readOptOut } from "./read-opt-out.ts";

const purpose = "marketing";

it("lifts the refusal as soon as another officer accepts, in calls, batches and scrubs alike", async () => {
  const { ctx, phone, propose, accept, reasons } = await aWrongRefusal();
  const { scrub } = await aScrubbingOrganization(ctx);
  const verdicts = async () => {
    const { results } = await screenBatch(ctx, { defaults: { purpose }, items: [{ phone }] });
    const { result } = await scrub(`phone\n${phone}\n`);
    return [await reasons(), results[0]?.verdict, result.includes("opted-out")];
  };
  const { id } = await propose();
  expect(await verdicts()).toEqual([["opted-out"], "refuse", true]);
  await accept(id);
  expect(await verdicts()).toEqual([[], "allow", false]);
});

it("counts from when it was accepted: what was refused before, was", async () => {
  const { ctx, phone, correct } = await aWrongRefusal();
  const { now: before } = await clock();
  await correct();
  const { refusals } = await screenCall(ctx, { phone, purpose, at: before });
  expect(refusals.map(({ reason }) => reason)).toContain("opted-out");
});

const clock = async () => {
  const { rows } = await db.pool.query<{ now: Date }>("SELECT clock_timestamp() AS now");
  return rows[0] ?? { now: new Date(Number.NaN) };
};

it("leaves the other refusals of the number, and of the person's other phones", async () => {
  const { ctx, phone, contactId, correct, reasons } = await aWrongRefusal();
  await optOut(ctx, { phone, channel: "agent", scope: { purpose: "marketing.loans" } });
  const other = await anotherPhoneOf(ctx, contactId);
  await correct();
  expect(await reasons()).toEqual([]);
  const ofLoans = await screenCall(ctx, { phone, purpose: "marketing.loans" });
  expect(ofLoans.refusals.map(({ reason }) => reason)).toEqual(["opted-out"]);
  await optOut(ctx, { phone: other.phone, channel: "web" });
  expect(await reasons()).toEqual(["opted-out"]);
});

it("is not for whoever asked for it, who can leave it", async () => {
  const { ctx, propose, accept, reasons } = await aWrongRefusal();
  const { id } = await propose();
  await expect(accept(id, ctx)).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "opt-out.correction-own" },
  });
  await expect(accept(id, as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await reasons()).toEqual(["opted-out"]);
  await answerCorrection(ctx, { id, isAccepted: false });
  expect(await reasons()).toEqual(["opted-out"]);
  expect(await listCorrections(ctx)).toEqual({ items: [], count: 0 });
});

it("is refused by the database too, were the code to let one officer do both", async () => {
  const { ctx, optOut, propose } = await aWrongRefusal();
  const { id } = await propose();
  const { organizationId } = ctx;
  const mine = await db.prisma.optOutCorrection.findFirstOrThrow({ where: { organizationId, id } });
  const answer = db.prisma.optOutCorrectionAnswer.create({
    data: {
      organizationId,
      correctionId: id,
      optOutId: optOut.id,
      isAccepted: true,
      answeredAt: new Date(),
      actor: Object(mine.actor),
    },
  });
  await expect(answer).rejects.toThrow(/another than who asked/);
});

it("is answered once, however many answer", async () => {
  const { ctx, other, optOut, propose, accept } = await aWrongRefusal();
  const { id } = await propose();
  const no = () => answerCorrection(other, { id, isAccepted: false });
  const tries = await Promise.allSettled([accept(id), no(), accept(id), no(), accept(id)]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const { reason } of tries.filter((one) => one.status === "rejected")) {
    expect(reason).toMatchObject({ explanation: { key: "opt-out.correction-answered" } });
  }
  const { corrections, correctedAt } = await readOptOut(ctx, { id: optOut.id });
  expect(corrections).toMatchObject([{ id, answer: { isAccepted: correctedAt !== null } }]);
});

it("is not accepted once the person has refused again by the same click", async () => {
  const { ctx, phone, propose, accept, reasons } = await aWrongRefusal({ channel: "web" });
  const { id } = await propose();
  await optOut(ctx, { phone, channel: "web" }, { isClick: true });
  await expect(accept(id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-said-again" },
  });
  expect(await reasons()).toEqual(["opted-out"]);
});

it("is not accepted though the click began before the refusal that it says again", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const first = { id: "" };
  await inTransaction(ctx, async (began) => {
    first.id = (await recorded(ctx, { phone, channel: "web" })).id;
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await optOut(earlier, { phone, channel: "web" }, { isClick: true });
  });
  const optOutId = OptOutId.parse(first.id);
  const asked = proposeCorrection(ctx, { optOut: optOutId, reason: "One digit was misheard." });
  await expect(asked).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-said-again" },
  });
});

it("never answers a refusal with one that was corrected, though it is the same in all", async () => {
  const at = new Date("2026-03-01T00:00:00Z"); // of a system that tells the day alone
  const { ctx, phone, optOut: first, correct, reasons } = await aWrongRefusal({ at });
  expect((await recorded(ctx, { phone, channel: "agent", at })).id).toBe(first.id);
  await correct();
  expect((await recorded(ctx, { phone, channel: "agent", at })).id).not.toBe(first.id);
  expect(await reasons()).toEqual(["opted-out"]);
});

it("tells dialers by the feed, and states it without the right number", async () => {
  const rightPhone = aNumber();
  const { ctx, phone, optOut, propose, accept } = await aWrongRefusal();
  await accept((await propose({ rightPhone })).id);

  const { items } = await optOutFeed(ctx, { limit: 100 });
  expect(items.map(({ phone, change }) => [phone, change])).toEqual(
    expect.arrayContaining([
      [phone, "added"],
      [rightPhone, "added"],
      [phone, "lifted"],
    ]),
  );
  const [right] = (await listOptOuts(ctx, { search: rightPhone, limit: 1 })).items;
  const stated = (await statedOf(ctx)).filter(({ kind }) => kind === "opt-out.corrected");
  expect(stated).toMatchObject([
    {
      claims: {
        opt_out: optOut.id,
        phone,
        reason: "wrong_number",
        proposed_by: { type: "member", id: "ada" },
        recorded_by: { type: "member", id: "bob" },
        replaced_by: right?.id,
      },
    },
  ]);
  expect(JSON.stringify(stated[0]?.claims)).not.toContain(rightPhone);
  expect(JSON.stringify(stated[0]?.claims)).not.toContain("misheard");
  expect(await reasonsOf(ctx, rightPhone)).toContain("opted-out");
});

it("does not find one of another organization", async () => {
  const [{ propose }, theirs] = [await aWrongRefusal(), await aContext()];
  const { id } = await propose();
  const answer = answerCorrection(as(theirs, "officer"), { id, isAccepted: true });
  await expect(answer).rejects.toMatchObject({ code: "not-found" });
});

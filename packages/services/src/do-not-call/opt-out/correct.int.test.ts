import { OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal, findRefusalReasons } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, addAnotherPhone, erase } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import {
  answerCorrection,
  listCorrections,
  loadCorrectionFault,
  proposeCorrection,
} from "./correct.ts";
import { listOptOuts, readOptOut } from "./list.ts";
import { recordForWrittenNumber, recordOptOut } from "./record.ts";
import { optOutByLink } from "../stop-page/stop-page.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { screenBatch } from "../../calling/screening/screen-batch.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { readOptOutFeed } from "./feed.ts";
import { aPublicPage, someNumbers } from "../../../testing/floods.ts";

const profiling = { profiling: true } as const;

/** Records the same opt-out again, by a click that may arrive many times. */
const repeatByClick = (ctx: RootContext, phone: string) =>
  inTransaction(ctx, (ctx) =>
    recordForWrittenNumber(ctx, { phone, channel: "web" }, { isRepeatable: true }),
  );

it("keeps the number opted out until another officer accepts, and opts out the right one at once", async () => {
  const { ctx, propose, reasons } = await aWrongRefusal();
  const rightPhone = aNumber();
  await propose({ rightPhone });
  expect(await reasons()).toEqual(["opted-out"]);
  expect(await findRefusalReasons(ctx, rightPhone)).toContain("opted-out");
});

it("copies scope, time and channel to the right number", async () => {
  const at = new Date("2026-03-01T09:00:00Z");
  const said = { at, scope: { purpose: "marketing.loans" }, note: "Never again." };
  const { ctx, phoneId, propose } = await aWrongRefusal(said);
  await propose({ rightPhone: aNumber() });
  const { organizationId } = ctx;
  const rows = await db.prisma.optOut.findMany({
    where: { organizationId, phoneId: { not: phoneId } },
    include: { notes: true },
  });
  expect(rows).toMatchObject([
    { at, scope: "purpose", channel: "agent", notes: [{ text: "Never again." }] },
  ]);
});

it("is shown to other officers while it waits, and can be proposed once", async () => {
  const { ctx, other, optOut, propose } = await aWrongRefusal();
  const { id } = await propose();
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-open" },
  });
  expect((await listCorrections(other)).items).toMatchObject([
    { id, optOutId: optOut.id, reason: "One digit was misheard.", replacement: null, isOwn: false },
  ]);
  expect((await listCorrections(ctx)).items).toMatchObject([{ id, isOwn: true }]);
});

it("accepts only another number as the right one", async () => {
  const { phone, propose } = await aWrongRefusal();
  const wrong = { code: "invalid", path: "/rightPhone" };
  await expect(propose({ rightPhone: "214" })).rejects.toMatchObject(wrong);
  await expect(propose({ rightPhone: phone })).rejects.toMatchObject(wrong);
});

it("rejects an opt-out that the person repeated", async () => {
  const { ctx, phone, propose } = await aWrongRefusal({ channel: "web" });
  await repeatByClick(ctx, phone);
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-said-again" },
  });
});

it.each(["sms", "ivr", "link", "mail"] as const)(
  "rejects an opt-out that came from the number itself, or by its own link: %s",
  async (by) => {
    const { ctx, phoneId, phone, reasons } = await aWrongRefusal();
    const job = { ...ctx, actor: { type: "job", name: "inbound", subjectId: phoneId } as const };
    const person = { ...ctx, actor: { type: "person", phoneId } as const };
    if (by === "sms" || by === "ivr") await recorded(job, { phone, channel: by });
    else await optOutByLink(person, { channel: by === "link" ? "web" : "email", scope: profiling });
    const { organizationId } = ctx;
    const { id } = await db.prisma.optOut.findFirstOrThrow({
      where: { organizationId, phoneId },
      orderBy: { id: "desc" },
    });
    const own = proposeCorrection(ctx, { optOut: OptOutId.parse(id), reason: "A wrong number." });
    await expect(own).rejects.toMatchObject({
      code: "conflict",
      explanation: { key: "opt-out.correction-persons-own" },
    });
    expect(await reasons()).toContain("opted-out");
  },
);

it("accepts an opt-out that a provider reported by another channel, or that anybody typed on the page", async () => {
  const { ctx, phone } = await aWrongRefusal();
  const job = { ...ctx, actor: { type: "job", name: "inbound" } as const };
  const visit = { ...ctx, actor: { type: "visitor", page: "stop" } as const };
  await recorded(job, { phone, channel: "email" });
  await recorded(visit, { phone, channel: "web" });
  const rows = (await listOptOuts(ctx, { limit: 10 })).items;
  expect(rows).toHaveLength(3);
  for (const { id } of rows) {
    const asked = { optOut: OptOutId.parse(id), reason: "One digit was misheard." };
    expect(await proposeCorrection(ctx, asked)).toMatchObject({ id: expect.any(String) });
  }
});

it("rejects an erased number", async () => {
  const { ctx, phone, propose } = await aWrongRefusal();
  await erase(ctx, phone);
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-erased" },
  });
});

it("allows officers", async () => {
  const { ctx, optOut } = await aWrongRefusal();
  for (const role of ["agent", "marketer", "auditor", "developer"] as const) {
    const asked = proposeCorrection(as(ctx, role), { optOut: optOut.id, reason: "Mine." });
    await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("finds no opt-out of another organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const { id } = await recorded(theirs, { phone: aNumber(), channel: "agent" });
  const asked = proposeCorrection(mine, { optOut: id, reason: "Not mine." });
  await expect(asked).rejects.toMatchObject({ code: "not-found" });
});

const purpose = "marketing";

it("lifts the opt-out as soon as another officer accepts, in calls, batches and scrubs alike", async () => {
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

it("counts from when it was accepted: earlier calls stay refused", async () => {
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

it("keeps the number's other opt-outs, and those of the person's other phones", async () => {
  const { ctx, phone, contactId, correct, reasons } = await aWrongRefusal();
  await recordOptOut(ctx, { phone, channel: "agent", scope: { purpose: "marketing.loans" } });
  const other = await addAnotherPhone(ctx, contactId);
  await correct();
  expect(await reasons()).toEqual([]);
  const ofLoans = await screenCall(ctx, { phone, purpose: "marketing.loans" });
  expect(ofLoans.refusals.map(({ reason }) => reason)).toEqual(["opted-out"]);
  await recordOptOut(ctx, { phone: other.phone, channel: "web" });
  expect(await reasons()).toEqual(["opted-out"]);
});

it("cannot be accepted by its proposer, who can reject it", async () => {
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

it("is rejected by the database too if the code ever let one officer do both", async () => {
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

it("is not accepted once the person has opted out again by the same click", async () => {
  const { ctx, phone, propose, accept, reasons } = await aWrongRefusal({ channel: "web" });
  const { id } = await propose();
  await repeatByClick(ctx, phone);
  await expect(accept(id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-said-again" },
  });
  expect(await reasons()).toEqual(["opted-out"]);
});

it("is not accepted if the repeating click began before the opt-out", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const first = { id: "" };
  await inTransaction(ctx, async (began) => {
    first.id = (await recorded(ctx, { phone, channel: "web" })).id;
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await recordForWrittenNumber(earlier, { phone, channel: "web" }, { isRepeatable: true });
  });
  const optOutId = OptOutId.parse(first.id);
  const asked = proposeCorrection(ctx, { optOut: optOutId, reason: "One digit was misheard." });
  await expect(asked).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-said-again" },
  });
});

it("never answers an opt-out with a corrected one, even if it is identical", async () => {
  const at = new Date("2026-03-01T00:00:00Z"); // of a system that tells the day alone
  const { ctx, phone, optOut: first, correct, reasons } = await aWrongRefusal({ at });
  expect((await recorded(ctx, { phone, channel: "agent", at })).id).toBe(first.id);
  await correct();
  expect((await recorded(ctx, { phone, channel: "agent", at })).id).not.toBe(first.id);
  expect(await reasons()).toEqual(["opted-out"]);
});

it("reaches dialers by the feed, and states nothing about the right number", async () => {
  const rightPhone = aNumber();
  const { ctx, phone, optOut, propose, accept } = await aWrongRefusal();
  await accept((await propose({ rightPhone })).id);

  const { items } = await readOptOutFeed(ctx, { limit: 100 });
  expect(items.map(({ phone, change }) => [phone, change])).toEqual(
    expect.arrayContaining([
      [phone, "added"],
      [rightPhone, "added"],
      [phone, "lifted"],
    ]),
  );
  const [right] = (await listOptOuts(ctx, { search: rightPhone, limit: 1 })).items;
  const stated = (await openPhoneStatements(ctx)).filter(
    ({ kind }) => kind === "opt-out.corrected",
  );
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
  expect(await findRefusalReasons(ctx, rightPhone)).toContain("opted-out");
});

it("finds no correction of another organization", async () => {
  const [{ propose }, theirs] = [await aWrongRefusal(), await aContext()];
  const { id } = await propose();
  const answer = answerCorrection(as(theirs, "officer"), { id, isAccepted: true });
  await expect(answer).rejects.toMatchObject({ code: "not-found" });
});

it("lets officers correct an opt-out that a flood repeats", async () => {
  const { officer, flood } = await aPublicPage();
  const phone = aNumber();
  const { id } = await recorded(officer, { phone, channel: "agent" });
  await flood([...someNumbers(3), phone]);
  const asked = { optOut: OptOutId.parse(id), reason: "One digit was misheard." };
  expect(await proposeCorrection(officer, asked)).toHaveProperty("id");
});

it("refuses to correct an opt-out that a visitor typed again, from a busy address or not", async () => {
  const { officer, refuse, organizationId } = await aPublicPage();
  const phone = aNumber();
  await refuse(phone);
  const { id } = await db.prisma.optOut.findFirstOrThrow({ where: { organizationId } });
  await db.prisma.anonymousRefusal.create({
    data: {
      organizationId,
      optOutId: id,
      isNew: false,
      addressKey: new Uint8Array(32),
      hasProof: false,
      receivedAt: new Date(),
    },
  });
  const asked = { optOut: OptOutId.parse(id), reason: "Nobody knows them." };
  await expect(proposeCorrection(officer, asked)).rejects.toMatchObject({
    explanation: { key: "opt-out.correction-said-again" },
  });
});

it("corrects a first opt-out that an earlier version called a repeat", async () => {
  const { officer, organizationId } = await aPublicPage();
  const actor = { type: "visitor", id: "stop" };
  const at = new Date();
  const { id: phoneId } = await db.prisma.phone.create({
    data: { organizationId, e164: aNumber() },
  });
  const { id } = await db.prisma.optOut.create({
    data: {
      organizationId,
      phoneId,
      actor,
      at,
      recordedAt: at,
      scope: "all",
      channel: "web",
      reference: "00000000",
    },
  });
  const details = { optOutId: id, isRepeat: true };
  const note = () =>
    db.prisma.auditEntry.create({
      data: { organizationId, phoneId, actor, action: "opt-out.record", details, at },
    });
  const fault = () => inTransaction(officer, (ctx) => loadCorrectionFault(ctx, OptOutId.parse(id)));
  await note();
  expect(await fault()).toBeNull();
  await note(); // and said again
  expect(await fault()).toMatchObject({ key: "opt-out.correction-said-again" });
});

it("lists what waits, with both numbers and the reason, and nothing that was answered", async () => {
  const { ctx, phone, optOut, propose, accept } = await aWrongRefusal();
  const { id } = await propose();
  const { reference } = optOut;
  expect(await listCorrections(ctx)).toMatchObject({
    items: [{ id, phone, reference, reason: "One digit was misheard.", answer: null }],
    count: 1,
  });
  await accept(id);
  expect(await listCorrections(ctx)).toEqual({ items: [], count: 0 });
});

it("lists one page, and counts all that wait", async () => {
  const { ctx, optOut, asked } = await aWrongRefusal();
  await asked(60);
  const { items, count } = await listCorrections(ctx);
  expect([items.length, count]).toEqual([50, 60]);
  const ids = items.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect((await readOptOut(ctx, { id: optOut.id })).corrections).toHaveLength(60);
});

it("lists nothing of another organization", async () => {
  const [{ propose }, theirs] = [await aWrongRefusal(), await aContext()];
  await propose();
  expect(await listCorrections(theirs)).toEqual({ items: [], count: 0 });
});

it("allows readers of opt-outs", async () => {
  const { ctx } = await aWrongRefusal();
  await expect(listCorrections(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { answerQuestion, listQuestions } from "./questions.ts";
import { recordReply } from "./reply.ts";
import { PhoneId, QuestionId } from "@ringfence/core/ids";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { recordMail } from "./mail.ts";

it("lists what waits, oldest first, and nothing of another organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const said = {
    provider: "twilio",
    externalId: null,
    channel: "sms",
    reading: "question",
  } as const;
  const phones = [aNumber(), aNumber()];
  for (const phone of phones) await recordReply(mine, { ...said, phone, text: "spam" });
  await recordReply(theirs, { ...said, phone: aNumber(), text: "theirs" });

  const { items, count } = await listQuestions(mine);
  expect(count).toBe(2);
  expect(items).toMatchObject(phones.map((phone) => ({ phone, text: "spam", channel: "sms" })));
  await expect(listQuestions(as(mine, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

/** A question that waits, of a number unless the test says otherwise. */
async function aQuestion(phone: string = aNumber()) {
  const ctx = await aContext();
  const said = { provider: "twilio", externalId: null, channel: "sms", text: "spam" } as const;
  await recordReply(ctx, { ...said, phone, reading: "question" });
  const { organizationId } = ctx;
  const question = await db.prisma.refusalQuestion.findFirstOrThrow({ where: { organizationId } });
  const optOuts = () =>
    db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } });
  const waiting = async () => (await listQuestions(ctx)).count;
  return { ctx, phone, question, questionId: QuestionId.parse(question.id), optOuts, waiting };
}

it("records the opt-out from when it came, and deletes the text", async () => {
  const { ctx, phone, question, questionId, optOuts, waiting } = await aQuestion();
  const { reference } = await answerQuestion(ctx, { questionId, isRefusal: true });
  expect(await optOuts()).toMatchObject([
    { phone: { e164: phone }, channel: "sms", at: question.receivedAt, reference },
  ]);
  expect(await waiting()).toBe(0);
});

it("records an opt-out for a number that was erased while the question waited", async () => {
  const { ctx, question, questionId, optOuts } = await aQuestion();
  const { organizationId } = ctx;
  const phoneId = PhoneId.parse(question.phoneId);
  await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
  await answerQuestion(ctx, { questionId, isRefusal: true });
  expect(await optOuts()).toMatchObject([{ phoneId, phone: { e164: null } }]);
  expect(await db.prisma.misreadOptOut.count({ where: { organizationId } })).toBe(0);
});

it("opts out all phones of the sender's mailbox, and no others", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const phones = [aNumber(), aNumber(), aNumber()];
  const [first, second, third] = phones;
  const shared = "ada@example.org";
  await recordContacts(ctx, {
    rows: [
      { externalId: "a", email: shared, phones: [first, second] },
      { externalId: "b", email: shared.toUpperCase(), phones: [third] },
      { externalId: "c", email: "bob@example.org", phones: [aNumber()] },
    ],
  });
  const mail = {
    provider: "mailgun",
    externalId: null,
    from: shared,
    isAutomatic: false,
    signed: null,
  };
  const job = { ...ctx, actor: { type: "job", name: "inbound" } as const };
  await recordMail(job, { ...mail, subject: "Hello", text: "Enough of this." });
  const { id } = await db.prisma.refusalQuestion.findFirstOrThrow({ where: { organizationId } });
  await answerQuestion(ctx, { questionId: QuestionId.parse(id), isRefusal: true });
  const rows = await db.prisma.optOut.findMany({
    where: { organizationId },
    include: { phone: true },
  });
  expect(rows).toHaveLength(phones.length);
  expect(new Set(rows.map(({ phone }) => phone.e164))).toEqual(new Set(phones));
});

it("keeps no mailbox of an erased person", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const mailbox = "ada@example.org";
  await recordContacts(ctx, { rows: [{ externalId: "a", email: mailbox, phones: [aNumber()] }] });
  const mail = {
    provider: "mailgun",
    externalId: null,
    from: mailbox,
    isAutomatic: false,
    signed: null,
  };
  const job = { ...ctx, actor: { type: "job", name: "inbound" } as const };
  await recordMail(job, { ...mail, subject: "Hello", text: "Enough of this." });
  const waiting = () => db.prisma.refusalQuestion.findFirstOrThrow({ where: { organizationId } });
  const phoneId = PhoneId.parse((await waiting()).phoneId);
  await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
  expect(await waiting()).toMatchObject({ mailbox: null, text: "" });
});

it("records that it is not an opt-out", async () => {
  const { ctx, questionId, optOuts, waiting } = await aQuestion();
  await answerQuestion(ctx, { questionId, isRefusal: false });
  expect([await optOuts(), await waiting()]).toEqual([[], 0]);
});

it("passes an opt-out without a number to the officers who resolve those", async () => {
  const { ctx, questionId } = await aQuestion("BANK");
  await answerQuestion(ctx, { questionId, isRefusal: true });
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
    { input: "BANK: spam", channel: "sms" },
  ]);
});

it("is answered once, by one of two", async () => {
  const { ctx, questionId, optOuts } = await aQuestion();
  const answers = await Promise.allSettled(
    [1, 2].map(() => answerQuestion(ctx, { questionId, isRefusal: true })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await optOuts()).toHaveLength(1);
});

it("refuses another organization, and agents", async () => {
  const { ctx, questionId, waiting } = await aQuestion();
  const answer = { questionId, isRefusal: false };
  await expect(answerQuestion(await aContext(), answer)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(answerQuestion(as(ctx, "agent"), answer)).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await waiting()).toBe(1);
});

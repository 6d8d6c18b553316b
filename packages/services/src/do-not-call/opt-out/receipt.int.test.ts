import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aVisitor } from "../../../testing/visitors.ts";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { openReceiptLink } from "../stop-page/links.ts";
import { answerCorrection, proposeCorrection } from "./correct.ts";
import { recordOptOut } from "./record.ts";
import { optOutOnPage } from "../stop-page/stop-page.ts";
import { forgetMailboxes, printReceipt, readReceipt, sendReceipt } from "./receipt.ts";
import path from "node:path";
import { type OptOutId, PhoneId, QuestionId } from "@ringfence/core/ids";
import { aMessageSender } from "../../../testing/confirmations.ts";
import { aWriter } from "../../../testing/mails.ts";
import { insertCorrection } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as } from "../../../testing/scenes.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { answerQuestion } from "../inbound/questions.ts";

async function aRefusal() {
  const office = await aLedgerOffice();
  const phone = aNumber();
  const visitor = { ...office.ctx, actor: { type: "visitor", page: "stop" } as const };
  const refuse = async () => {
    const said = { phone, scope: { seller: "acme" }, visitor: aVisitor() };
    const { receipt } = await optOutOnPage(visitor, said);
    return openReceiptLink(office.ctx, receipt ?? "");
  };
  return { ...office, phone, refuse };
}

it("is accepted by an independent verifier as soon as the log has it", async () => {
  const { phone, refuse, publish } = await aRefusal();
  const { ctx, optOutId } = await refuse();
  const check = async () => {
    const { certificate } = await readReceipt(ctx, { optOutId });
    return checkCertificate(JSON.stringify(certificate));
  };
  expect((await check()).verdict).toBe("promised");
  await publish();
  const receipt = await readReceipt(ctx, { optOutId });
  expect(receipt).toMatchObject({ organization: "Test", phone, scope: { seller: "acme" } });
  expect(await check()).toMatchObject({
    verdict: "holds",
    claims: { kind: "opt-out.recorded", phone, channel: "web", reference: receipt.reference },
  });
});

it("reveals no statements of others about a number to whoever typed it", async () => {
  const { ctx: office, phone, refuse, publish } = await aRefusal();
  await recordOptOut(office, { phone, channel: "agent", note: "Before." });
  const { ctx, optOutId } = await refuse();
  await recordOptOut(office, { phone, channel: "regulator", note: "After." });
  await publish();
  const { certificate } = await readReceipt(ctx, { optOutId });
  const { claims, later } = checkCertificate(JSON.stringify(certificate));
  expect(later).toEqual([]);
  expect(claims).not.toHaveProperty("sequence");
  const text = JSON.stringify(certificate);
  const shown = text.split(/[~"]/).map((part) => Buffer.from(part, "base64url").toString());
  expect(shown.filter((part) => /Before|After|regulator/.test(part))).toEqual([]);
});

it("says when two officers lifted the opt-out, but not because of an answer that somebody inserted", async () => {
  const { ctx: office, phone, refuse } = await aRefusal();
  const { organizationId, db } = office;
  const { ctx, optOutId } = await refuse();
  const readCorrectedAt = async (id: OptOutId) =>
    (await readReceipt(ctx, { optOutId: id })).correctedAt;
  await insertCorrection(organizationId, optOutId, db);
  expect(await readCorrectedAt(optOutId)).toBeNull();

  const typed = await recorded(office, { phone, channel: "agent" });
  const { id } = await proposeCorrection(office, {
    optOut: typed.id,
    reason: "One digit misheard.",
  });
  await answerCorrection(as(office, "officer"), { id, isAccepted: true });
  expect(await readCorrectedAt(typed.id)).toBeInstanceOf(Date);
});

it("belongs to its person only, and not to another organization", async () => {
  const { ctx: office, refuse } = await aRefusal();
  const [one, two] = [await refuse(), await refuse()];
  expect(one.optOutId).not.toBe(two.optOutId);
  const other = { ...one.ctx, organizationId: await anOrganization(office.db) };
  await expect(readReceipt(other, one)).rejects.toMatchObject({ code: "not-found" });
  await expect(readReceipt(office, one)).rejects.toMatchObject({ code: "forbidden" });
});

const publicUrl = "https://ringfence.example";
const paper = {
  publicUrl,
  fontFolder: path.join(import.meta.dirname, "../../../fonts"),
};

it.each(["en", "ru"] as const)("prints a PDF with the proof attached (%s)", async (locale) => {
  const { ctx, publish } = await aLedgerOffice();
  const visitor = { ...ctx, actor: { type: "visitor", page: "stop" } as const };
  const said = { phone: aNumber(), scope: undefined, visitor: aVisitor() };
  const { receipt } = await optOutOnPage(visitor, said);
  await publish();
  const person = await openReceiptLink(ctx, receipt ?? "");
  const print = { optOutId: person.optOutId, locale, ...paper };
  const pdf = Buffer.from(await printReceipt(person.ctx, print)).toString("latin1");
  expect(pdf.slice(0, 8)).toBe("%PDF-1.7");
  expect(pdf).toContain("/Type /EmbeddedFile");

  const other = { ...person.ctx, organizationId: await anOrganization(ctx.db) }; // another organization
  await expect(printReceipt(other, print)).rejects.toMatchObject({ code: "not-found" });
});

it("mails the signed receipt of each phone to the mailbox, then deletes the address", async () => {
  const { job, write, waiting, email } = await aWriter({ phones: [aNumber(), aNumber()] });
  const { messageSender, messages } = aMessageSender();
  const told = await write();
  const [mail] = await waiting();
  if (mail === undefined) throw new Error("nobody is told");
  await sendReceipt({ ...job, messageSender, publicUrl }, mail.id);
  await sendReceipt({ ...job, messageSender, publicUrl }, mail.id);

  expect(messages).toHaveLength(1);
  const [sent] = messages;
  expect(sent).toMatchObject({ to: email, subject: "Test: your opt-out is in force" });
  expect(sent?.text).toContain(told.outcome === "refused" ? told.reference : "a reference");
  const shown = (sent?.attachments ?? []).map(({ content }) => checkCertificate(String(content)));
  expect(shown.map(({ verdict }) => verdict)).toEqual(["promised", "promised"]);
  expect(shown.map(({ claims }) => claims?.channel)).toEqual(["email", "email"]);
  expect(await waiting()).toMatchObject([{ email: null, sentAt: expect.any(Date) }]);
});

it("mails no number, no words, and no link to a page that shows them", async () => {
  const phones = [aNumber(), aNumber()];
  const { job, write, waiting } = await aWriter({ phones });
  const { messageSender, messages } = aMessageSender();
  await write("Please stop calling Ada.");
  for (const { id } of await waiting()) await sendReceipt({ ...job, messageSender, publicUrl }, id);
  const [sent] = messages;
  const told = [sent?.text, ...(sent?.attachments ?? []).map(claimsIn)].join();
  for (const kept of [...phones, "Ada", "https:"]) expect(told).not.toContain(kept);
  expect(sent).not.toHaveProperty("unsubscribe");
});

/** Decodes the claims of the attached statement. */
const claimsIn = ({ content }: { content: string | Uint8Array }) => {
  const { statement } = JSON.parse(String(content)) as { statement: string };
  const [, ...shown] = statement.split("~");
  return shown.map((claim) => Buffer.from(claim, "base64url").toString()).join();
};

it("is written in the language of the mail", async () => {
  const { job, write, waiting } = await aWriter();
  const { messageSender, messages } = aMessageSender();
  await write("Больше не звоните мне.");
  for (const { id } of await waiting()) await sendReceipt({ ...job, messageSender, publicUrl }, id);
  expect(messages).toMatchObject([{ subject: "Test: ваш отказ действует" }]);
});

it("is not sent too often, nor to a machine", async () => {
  const { write, waiting } = await aWriter();
  await write("Stop calling me.", { isAutomatic: true });
  expect(await waiting()).toEqual([]);
  await Promise.all([1, 2, 3, 4, 5].map(() => write()));
  expect(await waiting()).toHaveLength(3);
});

it("still waits to be sent when the person opts out again a day later, and a sent one is forgotten", async () => {
  const { ctx, job, write, waiting, email } = await aWriter();
  const { messageSender } = aMessageSender();
  const age = () =>
    ctx.db.prisma.receiptMail.updateMany({
      where: { organizationId: ctx.organizationId },
      data: { createdAt: new Date(Date.now() - 25 * 3_600_000) },
    });
  await write();
  await age();
  await write();
  const both = await waiting();
  expect(both).toMatchObject([
    { email, sentAt: null },
    { email, sentAt: null },
  ]);
  for (const { id } of both) await sendReceipt({ ...job, messageSender, publicUrl }, id);
  await age();
  await write();
  expect(await waiting()).toMatchObject([{ email, sentAt: null }]);
});

it("is sent when an officer finds that a mail was an opt-out", async () => {
  const { ctx, write, waiting, email } = await aWriter();
  await write("Enough of this.");
  expect(await waiting()).toEqual([]);
  const { organizationId } = ctx;
  const { id } = await ctx.db.prisma.refusalQuestion.findFirstOrThrow({
    where: { organizationId },
  });
  await answerQuestion(ctx, { questionId: QuestionId.parse(id), isRefusal: true });
  expect(await waiting()).toMatchObject([{ email, sentAt: null }]);
});

it("is not sent to a machine, even if an officer finds that its mail was an opt-out", async () => {
  const { ctx, write, waiting, phones } = await aWriter({ phones: [aNumber(), aNumber()] });
  expect(await write("Enough of this.", { isAutomatic: true })).toEqual({ outcome: "asked" });
  const { organizationId } = ctx;
  const { id } = await ctx.db.prisma.refusalQuestion.findFirstOrThrow({
    where: { organizationId },
  });
  await answerQuestion(ctx, { questionId: QuestionId.parse(id), isRefusal: true });
  expect(await ctx.db.prisma.optOut.count({ where: { organizationId } })).toBe(phones.length);
  expect(await waiting()).toEqual([]);
});

it("deletes a mailbox that accepted no mail for three days, and no other", async () => {
  const { ctx, write, waiting, email } = await aWriter();
  await write();
  await write();
  const [old] = await waiting();
  const { organizationId } = ctx;
  const createdAt = new Date(Date.now() - 3 * 86_400_000 - 60_000);
  await ctx.db.prisma.receiptMail.updateMany({
    where: { organizationId, id: String(old?.id) },
    data: { createdAt },
  });
  await forgetMailboxes(ctx.db);
  expect(await waiting()).toMatchObject([{ email }]);
});

it("keeps nothing of an erased person", async () => {
  const { ctx, job, write, waiting } = await aWriter();
  const { messageSender, messages } = aMessageSender();
  await write();
  const [mail] = await waiting();
  const { organizationId } = ctx;
  const phone = await ctx.db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(phone.id) }, reason: "asked" });
  expect(await waiting()).toEqual([]);
  if (mail) await sendReceipt({ ...job, messageSender, publicUrl }, mail.id);
  expect(messages).toEqual([]);
});

it("is sent only by its job, and not for another organization", async () => {
  const { ctx, job, write, waiting } = await aWriter();
  const { messageSender, messages } = aMessageSender();
  await write();
  const [mail] = await waiting();
  if (mail === undefined) throw new Error("nobody is told");
  const other = { ...job, organizationId: await anOrganization(ctx.db) };
  await sendReceipt({ ...other, messageSender, publicUrl }, mail.id);
  await expect(
    sendReceipt({ ...as(ctx, "officer"), messageSender, publicUrl }, mail.id),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(messages).toEqual([]);
});

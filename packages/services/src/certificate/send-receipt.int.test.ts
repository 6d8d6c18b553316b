import { PhoneId, QuestionId } from "@ringfence/core/ids";
import { checkCertificate } from "@ringfence/core/ledger";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPost } from "../../testing/confirmations.ts";
import { aWriter } from "../../testing/mails.ts";
import { as } from "../../testing/scenes.ts";
import { erasePerson } from "../erasure/erase-person.ts";
import { answerQuestion } from "../inbound/answer-question.ts";
import { openReceipt } from "../opt-out/open-public.ts";
import { sendReceipt } from "./send-receipt.ts";

const publicUrl = "https://rf.example";
const linksIn = (text = "") =>
  [...text.matchAll(/https:\/\/rf\.example\/r\/([\w-]+)/g)].map(([, link = ""]) => link);

it("mails the receipt of each phone, signed, to the mailbox that refused, and forgets it", async () => {
  const phones = [aNumber(), aNumber()];
  const { ctx, job, write, waiting, email } = await aWriter({ phones });
  const { post, messages } = aPost();
  const told = await write();
  const [mail] = await waiting();
  if (mail === undefined) throw new Error("nobody is told");
  await sendReceipt(job, mail.id, { post, publicUrl });
  await sendReceipt(job, mail.id, { post, publicUrl });

  expect(messages).toHaveLength(1);
  const [sent] = messages;
  expect(sent).toMatchObject({ to: email, subject: "Test: your refusal is in force" });
  expect(sent?.text).toContain(told.outcome === "refused" ? told.reference : "a reference");
  const opened = await Promise.all(linksIn(sent?.text).map((link) => openReceipt(ctx, link)));
  expect(opened).toHaveLength(2);
  const shown = (sent?.attachments ?? []).map(({ content }) => checkCertificate(content));
  expect(shown.map(({ verdict }) => verdict)).toEqual(["promised", "promised"]);
  expect(new Set(shown.map(({ claims }) => claims?.phone))).toEqual(new Set(phones));
  expect(await waiting()).toMatchObject([{ email: null, sentAt: expect.any(Date) }]);
});

it("is in the language in which they wrote", async () => {
  const { job, write, waiting } = await aWriter();
  const { post, messages } = aPost();
  await write("Больше не звоните мне.");
  for (const { id } of await waiting()) await sendReceipt(job, id, { post, publicUrl });
  expect(messages).toMatchObject([{ subject: "Test: ваш отказ действует" }]);
});

it("goes to nobody too often, nor to a machine", async () => {
  const { write, waiting } = await aWriter();
  await write("Stop calling me.", { isAutomatic: true });
  expect(await waiting()).toEqual([]);
  for (let n = 0; n < 5; n++) await write();
  expect(await waiting()).toHaveLength(3);
});

it("is sent when an officer finds that a mail was a refusal", async () => {
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

it("keeps nothing of a person who was erased", async () => {
  const { ctx, job, write, waiting } = await aWriter();
  const { post, messages } = aPost();
  await write();
  const [mail] = await waiting();
  const { organizationId } = ctx;
  const phone = await ctx.db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(phone.id) }, reason: "asked" });
  expect(await waiting()).toEqual([]);
  if (mail) await sendReceipt(job, mail.id, { post, publicUrl });
  expect(messages).toEqual([]);
});

it("is for its job, and not for another organization", async () => {
  const { ctx, job, write, waiting } = await aWriter();
  const { post, messages } = aPost();
  await write();
  const [mail] = await waiting();
  if (mail === undefined) throw new Error("nobody is told");
  const other = { ...job, organizationId: await anOrganization(ctx.db) };
  await sendReceipt(other, mail.id, { post, publicUrl });
  await expect(sendReceipt(as(ctx, "officer"), mail.id, { post, publicUrl })).rejects.toMatchObject(
    { code: "forbidden" },
  );
  expect(messages).toEqual([]);
});

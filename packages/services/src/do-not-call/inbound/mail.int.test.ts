import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConfirmation } from "../../../testing/confirmations.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { RecordMail } from "@ringfence/core/do-not-call/inbound";
import { recordMail } from "./mail.ts";

const mail: RecordMail = {
  provider: "mailgun",
  externalId: "<1@example.org>",
  from: "Ada@Example.org",
  subject: "Re: calls",
  text: "Please stop.",
  isAutomatic: false,
  signed: null,
};

async function scene({ count = 2 } = {}) {
  const office = await aContext();
  const phones = Array.from({ length: count }, () => aNumber());
  const { organizationId } = office;
  await recordContacts(office, {
    rows: [{ externalId: "a", name: "Ada", email: "ada@example.org", phones }],
  });
  const ctx = { ...office, actor: { type: "job", name: "inbound" } as const };
  const where = { organizationId };
  const optOuts = () => db.prisma.optOut.findMany({ where, include: { phone: true, notes: true } });
  const questions = () => db.prisma.refusalQuestion.findMany({ where });
  return { office, ctx, phones, optOuts, questions };
}

it("opts out all phones of the mailbox, once however often the mail comes", async () => {
  const { ctx, phones, optOuts } = await scene();
  const outcomes = await Promise.all([1, 2, 3].map(() => recordMail(ctx, mail)));
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
    "refused",
    "repeated",
    "repeated",
  ]);
  const rows = await optOuts();
  expect(new Set(rows.map(({ phone }) => phone.e164))).toEqual(new Set(phones));
  expect(rows).toMatchObject(
    phones.map(() => ({
      scope: "all",
      channel: "email",
      notes: [{ text: "Re: calls\n\nPlease stop." }],
    })),
  );
});

it("counts another mailbox under the same id, and an opt-out below a quotation", async () => {
  const { ctx, office, questions } = await scene();
  const bob = { externalId: "b", name: "Bob", email: "bob@example.org", phones: [aNumber()] };
  await recordContacts(office, { rows: [bob] });
  await recordMail(ctx, mail);
  const theirs = { ...mail, from: "bob@example.org" };
  expect(await recordMail(ctx, theirs)).toMatchObject({ outcome: "refused" });

  const below = {
    ...mail,
    externalId: null,
    from: "eve@example.org",
    text: "> A loan?\nStop calling",
  };
  expect(await recordMail(ctx, { ...below, subject: "Re: a loan" })).toEqual({ outcome: "asked" });
  expect(await questions()).toMatchObject([{ text: expect.stringContaining("Stop calling") }]);
});

it("opts out a phone whose form named the mailbox", async () => {
  const { ctx, phone } = await aConfirmation({ means: "email", isAsked: true });
  const job = { ...ctx, actor: { type: "job", name: "inbound" } as const };
  expect(await recordMail(job, mail)).toMatchObject({ outcome: "refused" });
  const { organizationId } = ctx;
  expect(
    await db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } }),
  ).toMatchObject([{ phone: { e164: phone } }]);
});

it("asks a person about an opt-out from an unknown mailbox, and drops none", async () => {
  const { ctx, optOuts, questions } = await scene();
  expect(await recordMail(ctx, { ...mail, from: "bob@example.org" })).toEqual({ outcome: "asked" });
  expect(await optOuts()).toEqual([]);
  expect(await questions()).toMatchObject([
    { phoneId: null, channel: "email", text: "bob@example.org: Re: calls\n\nPlease stop." },
  ]);
});

it("asks a person about other mail from known people, but not from machines", async () => {
  const { ctx, questions } = await scene();
  const text = "Who are you?";
  const [hello, away, spam] = [
    await recordMail(ctx, { ...mail, externalId: "2", text }),
    await recordMail(ctx, { ...mail, externalId: "3", text, isAutomatic: true }),
    await recordMail(ctx, { ...mail, externalId: "4", text, from: "shop@example.net" }),
  ];
  expect([hello, away, spam].map(({ outcome }) => outcome)).toEqual([
    "asked",
    "nothing",
    "nothing",
  ]);
  expect(await questions()).toHaveLength(1);
});

it("lets nobody opt out a whole company by its mailbox", async () => {
  const { ctx, optOuts, questions } = await scene({ count: 21 });
  expect(await recordMail(ctx, mail)).toEqual({ outcome: "asked" });
  expect([(await optOuts()).length, (await questions()).length]).toEqual([0, 1]);
});

it("finds nobody of another organization, and refuses auditors", async () => {
  const [mine, theirs] = [await scene(), await aContext({ type: "job", name: "inbound" })];
  expect(await recordMail(theirs, mail)).toEqual({ outcome: "asked" });
  expect(await mine.optOuts()).toEqual([]);
  await expect(recordMail(as(mine.office, "auditor"), mail)).rejects.toMatchObject({
    code: "forbidden",
  });
});

const signed = (token: string, ageMs = 0) => ({ token, signedAt: new Date(Date.now() - ageMs) });

it("counts a repeated, identically signed mail once, also concurrently", async () => {
  const { ctx, optOuts } = await scene();
  const sent = { ...mail, signed: signed("a") };
  const outcomes = await Promise.all([1, 2, 3].map(() => recordMail(ctx, sent)));
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
    "refused",
    "repeated",
    "repeated",
  ]);
  expect(await optOuts()).toHaveLength(2);
});

it.each(["refused", "nothing"])(
  "rejects another mail with the signature of an earlier one, which was: %s",
  async (outcome) => {
    const { ctx, optOuts, questions } = await scene();
    const text = outcome === "refused" ? mail.text : "I am on leave.";
    const first = { ...mail, text, isAutomatic: outcome === "nothing", signed: signed("a") };
    expect(await recordMail(ctx, first)).toMatchObject({ outcome });
    const before = await optOuts();
    for (const from of ["bob@example.org", mail.from]) {
      const other = { ...mail, from, externalId: "<2@example.org>", signed: signed("a") };
      expect(await recordMail(ctx, other)).toEqual({ outcome: "unbelieved" });
    }
    expect([await optOuts(), await questions()]).toEqual([before, []]);
  },
);

it("rejects a signature that is older than any retry, or has no time", async () => {
  const { ctx, optOuts } = await scene();
  const hour = 3_600_000;
  for (const of of [signed("a", 13 * hour), signed("b", -hour)]) {
    expect(await recordMail(ctx, { ...mail, signed: of })).toEqual({ outcome: "unbelieved" });
  }
  const timeless = { token: "c", signedAt: new Date(Number.NaN) };
  expect(await recordMail(ctx, { ...mail, signed: timeless })).toEqual({ outcome: "unbelieved" });
  expect(await optOuts()).toEqual([]);
  const late = { ...mail, signed: signed("d", 8 * hour) };
  expect(await recordMail(ctx, late)).toMatchObject({ outcome: "refused" });
});

it("lets an unrecorded mail be sent again", async () => {
  const { ctx, optOuts } = await scene();
  const sent = { ...mail, signed: signed("a") };
  const undone = inTransaction(ctx, async (ctx) => {
    await recordMail(ctx, sent);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await recordMail(ctx, sent)).toMatchObject({ outcome: "refused" });
  expect(await optOuts()).toHaveLength(2);
});

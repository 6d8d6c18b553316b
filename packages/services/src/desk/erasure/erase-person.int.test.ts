import { ReceiveComplaint } from "@ringfence/core/desk/complaint";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import type { PhoneId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { file } from "../../../testing/complaints.ts";
import { dumpDatabase, findValue } from "../../../testing/dump.ts";
import { findPhoneId } from "../../../testing/phones.ts";
import { aConsent, as } from "../../../testing/scenes.ts";
import { readCertificate } from "../../proof/certificate/read-certificate.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import type { RootContext } from "../../platform/context.ts";
import { answerOnce } from "../../platform/idempotency/answer-once.ts";
import { auditLedger } from "../../proof/ledger/audit-ledger.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import {
  addComplaintTask,
  decideComplaint,
  noteComplaint,
  receiveComplaint,
} from "../complaint/index.ts";
import { erasePerson } from "./erase-person.ts";

/** Grace's personal data. No other record has any of these values. */
const grace = () => ({
  phone: aNumber(),
  contact: { name: "Grace Hopperova", email: "grace.h@example.org", externalId: "crm-771-grace" },
  evidence: {
    act: "ticked",
    ip: "198.51.100.77",
    userAgent: "Firefox/151.9 (Grace)",
    url: "https://acme.example/form?session=8f1c77",
    more: { typed: "Hopperova, Grace" },
  },
});
const listValues = ({ phone, contact, evidence }: ReturnType<typeof grace>) => [
  phone,
  ...Object.values(contact),
  evidence.ip,
  evidence.userAgent,
  evidence.url,
  evidence.more.typed,
  "She sounded upset.",
  "https://records.example/grace.mp3",
  "my sister Grace said no",
  "They called Grace at six.",
  "Grace was called back.",
  "Ask Grace for the number",
  "Grace was right.",
  "ticket-of-grace",
];

/** Adds a complaint of hers, with everything that an officer writes about it. */
async function complained(ctx: RootContext, phone: string) {
  const complaintId = await file(ctx, {
    phone,
    text: "They called Grace at six.",
    source: "regulator",
    regulator: { authority: "Federal Trade Commission", reference: "FTC-2026-17" },
  });
  const again = { phone, text: "They called Grace at six.", externalId: "ticket-of-grace" };
  await receiveComplaint(ctx, ReceiveComplaint.parse(again));
  await noteComplaint(ctx, { complaintId, text: "Grace was called back." });
  await addComplaintTask(ctx, { complaintId, title: "Ask Grace for the number" });
  await decideComplaint(ctx, { complaintId, decision: "upheld", text: "Grace was right." });
}

/** Adds a message that asked her to confirm a consent, and a reply that nobody has understood yet. */
async function askedBack(
  { db, organizationId }: RootContext,
  { phoneId, consentId, email }: { phoneId: PhoneId; consentId: string; email: string },
) {
  const at = new Date("2026-11-01T10:00:00Z");
  const whose = { organizationId, phoneId };
  await db.prisma.confirmation.create({
    data: {
      ...whose,
      formId: consentId,
      consentIds: [consentId],
      means: "email",
      email,
      isAsked: false,
      locale: "en",
      createdAt: at,
      expiresAt: at,
    },
  });
  await db.prisma.refusalQuestion.create({
    data: { ...whose, channel: "sms", text: "my sister Grace said no", receivedAt: at, actor: {} },
  });
}

/** Grace agreed, and refused later; an answer to a dialer names her. */
async function aRefusal() {
  const office = await aLedgerOffice();
  const { ctx } = office;
  const person = grace();
  const { id: consentId } = await recordConsent(ctx, aConsent(person));
  const other = await recordConsent(ctx, aConsent({ contact: { name: "Alan Stays" } }));
  const { answer } = await recordOptOut(ctx, {
    phone: person.phone,
    channel: "agent",
    note: "She sounded upset.",
    recording: "https://records.example/grace.mp3",
  });
  const phoneId = await findPhoneId(ctx, person.phone);
  await complained(ctx, person.phone);
  await askedBack(ctx, { phoneId, consentId, email: person.contact.email });
  await office.publish();
  const erase = () => erasePerson(ctx, { person: { phoneId }, reason: "asked" });
  return { ...office, person, consentId, other, optOutId: answer?.id ?? "", phoneId, erase };
}

it("leaves nothing of the person in any table", async () => {
  const { ctx, person, erase } = await aRefusal();
  const before = await dumpDatabase(ctx.db);
  for (const value of listValues(person).slice(0, 4))
    expect(findValue(before, value)).not.toEqual([]);

  await erase();

  const after = await dumpDatabase(ctx.db);
  for (const value of listValues(person)) expect(findValue(after, value)).toEqual([]);
  expect(after).toContain("Alan Stays");
});

it("keeps the authority of a complaint and its number of the case, to show that it was answered", async () => {
  const { ctx, phoneId, erase } = await aRefusal();
  await erase();
  const rows = await ctx.db.prisma.complaint.findMany({
    where: { phoneId },
    orderBy: { id: "asc" },
  });
  expect(rows).toMatchObject([
    {
      text: "",
      regulator: "Federal Trade Commission",
      regulatorReference: "FTC-2026-17",
      decision: "upheld",
    },
    { text: "", externalId: null },
  ]);
});

it("still obeys the opt-out, and finds the consent void", async () => {
  const { ctx, person, erase } = await aRefusal();
  await erase();

  const { verdict, refusals } = await screenCall(ctx, {
    phone: person.phone,
    purpose: "marketing",
  });
  expect(verdict).toBe("refuse");
  expect(refusals.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(["opted-out", "consent-insufficient"]),
  );
});

it("leaves every proof whole: the log, those of others, and what was signed of the person", async () => {
  const { ctx, consentId, other, optOutId, erase, publish } = await aRefusal();
  const { id: erasureId } = await erase();
  await publish();

  const check = async (id: string) =>
    checkCertificate(JSON.stringify(await readCertificate(ctx, { id })));
  expect(await auditLedger(ctx.db)).toMatchObject({ faults: [] });
  expect(await check(other.id)).toMatchObject({ verdict: "holds", claims: { name: "Alan Stays" } });
  // The statements are unchanged, but nothing is left that says what they were about.
  expect(await check(consentId)).toMatchObject({ verdict: "unclear", claims: {} });
  expect(await check(optOutId)).toMatchObject({ verdict: "unclear", claims: {} });
  expect(await check(erasureId)).toMatchObject({ verdict: "holds", claims: { kind: "erasure" } });
});

it("records an act of erasure on the ledger, without anything personal", async () => {
  const { ctx, phoneId, person, erase } = await aRefusal();

  const { id, erased } = await erase();

  expect(erased).toMatchObject({
    name: 1,
    email: 1,
    external_id: 1,
    phone: 1,
    evidence: 1,
    note: 1,
  });
  const { claims } = checkCertificate(JSON.stringify(await readCertificate(ctx, { id })));
  expect(claims).toMatchObject({ erasure: id, reason: "asked", erased });
  expect(claims?.subjects).toContain(phoneId);
  for (const value of listValues(person)) expect(JSON.stringify(claims)).not.toContain(value);
});

it("forgets first answers that name the person, and no others", async () => {
  const { ctx, person, erase } = await aRefusal();
  const { organizationId } = ctx;
  const key = await ctx.db.prisma.apiKey.create({
    data: {
      organizationId,
      name: "Dialer",
      secretHash: new Uint8Array(32),
      scopes: [],
      createdAt: new Date(),
    },
  });
  const asKey = { ...ctx, actor: { type: "key" as const, id: key.id, scopes: [] } };
  for (const named of [person.phone, "+12015550000"]) {
    const hash = new Uint8Array(32);
    const answer = { status: 201, body: JSON.stringify({ phone: Phone.parse(named) }) };
    await answerOnce(
      { route: "/v1/opt-outs", key: named, hash },
      asKey,
      async () => answer,
      () => null,
    );
  }
  await erase();
  const kept = await ctx.db.prisma.idempotentAnswer.findMany({ where: { organizationId } });
  expect(kept.map(({ body }) => JSON.parse(body).phone)).toEqual(["+12015550000"]);
});

it("can be repeated, and then does nothing", async () => {
  const { erase } = await aRefusal();
  await erase();
  expect((await erase()).erased).toEqual({});
});

it("is for owners and officers, and not for another organization", async () => {
  const { ctx, phoneId, person } = await aRefusal();
  const input = { person: { phoneId }, reason: "asked" } as const;
  await expect(erasePerson(as(ctx, "marketer"), input)).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = { ...ctx, organizationId: await anOrganization(ctx.db) };
  await expect(erasePerson(other, input)).rejects.toMatchObject({ code: "not-found" });
  expect(findValue(await dumpDatabase(ctx.db), person.phone)).not.toEqual([]);
});

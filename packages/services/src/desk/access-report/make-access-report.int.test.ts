import { createHash } from "node:crypto";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import {
  AccessReportFile,
  type ReportSection,
  reportSectionNames,
} from "@ringfence/core/desk/access-report";
import { ContactId, type PhoneId } from "@ringfence/core/ids";
import { aNumber, aSeller, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { file } from "../../../testing/complaints.ts";
import { anOffer } from "../../../testing/offers.ts";
import { findPhoneId } from "../../../testing/phones.ts";
import { aConsent, as, officer as actor } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import { saveCampaign } from "../../audience/campaign/save.ts";
import { saveOffer } from "../../audience/offer/save.ts";
import { refreshSegment } from "../../audience/segment/refresh.ts";
import { saveSegment } from "../../audience/segment/save.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { recordActivities } from "../../people/activity/record-activities.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { RootContext } from "../../platform/context.ts";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { decideComplaint } from "../complaint/index.ts";
import { placeHold } from "../legal-hold/index.ts";
import { restrictContact } from "../restriction/index.ts";
import { makeAccessReport, makePortableCopy } from "./index.ts";

const fontFolder = path.resolve(import.meta.dirname, "../../../fonts");
const at = new Date("2026-03-01T10:00:00Z");

/**
 * Ann has a number of her own and shares the household's with Ben. Everything that can be on record of a person is on
 * record of hers, and what Ben said and did is on record of the shared number and of his own.
 */
async function scene() {
  const { ctx } = await aLedgerOffice();
  const { organizationId, db } = ctx;
  const member = await db.prisma.member.create({
    data: {
      organizationId,
      email: "olga@staff.example",
      name: "Olga Officerova",
      role: "officer",
      passwordHash: "x",
    },
  });
  const officer: RootContext = {
    ...ctx,
    actor: { type: "member", id: member.id, role: "officer", sellerIds: [], isProven: true },
  };
  const [own, shared, his] = [aNumber(), aNumber(), aNumber()];
  await recordContacts(officer, {
    rows: [
      {
        externalId: "ann",
        name: "Ann Ownova",
        email: "ann@home.example",
        phones: [own, shared],
        attributes: { plan: "gold" },
      },
      {
        externalId: "ben-4711",
        name: "Ben Secretov",
        email: "ben@home.example",
        phones: [shared, his],
      },
    ],
  });
  const contactId = ContactId.parse((await findContact(officer, "ann")).id);
  const phoneId = await findPhoneId(officer, own);
  const sharedId = await findPhoneId(officer, shared);
  await fillPhone(officer, own, phoneId, "Ann");
  await fillPhone(officer, shared, sharedId, "Ben");
  await fillContact(officer, contactId, phoneId);
  await restrictContact(officer, { contactId, ground: "accuracy_contested" });
  const make = (by: RootContext = officer, more: object = {}) =>
    makeAccessReport(by, {
      contactId,
      format: "json",
      locale: "en",
      tellsHolds: true,
      fontFolder,
      ...more,
    });
  const read = async (by?: RootContext, more?: object) =>
    AccessReportFile.parse(JSON.parse(new TextDecoder().decode((await make(by, more)).content)));
  return { ctx: officer, own, shared, contactId, phoneId, make, read };
}

const findContact = ({ db, organizationId }: RootContext, externalId: string) =>
  db.prisma.contact.findFirstOrThrow({ where: { organizationId, externalId } });

/** Records consents, calls, messages and the like of one number, with words that name who they are about. */
async function fillPhone(ctx: RootContext, phone: string, phoneId: PhoneId, who: string) {
  const { db, organizationId } = ctx;
  await recordConsent(
    ctx,
    aConsent({ phone, evidence: { act: "ticked", more: { typed: `${who} typed this` } } }),
  );
  const { id: screening } = await screenCall(ctx, { phone, purpose: "marketing" });
  await recordCalls(ctx, {
    rows: [
      {
        phone,
        seller: "acme",
        purpose: "marketing",
        at: at.toISOString(),
        externalId: `${who}-call`,
        outcome: "reached",
        screening,
      },
    ],
  });
  await recordOptOut(ctx, { phone, channel: "agent", note: `${who} was upset` });
  const complaintId = await file(ctx, {
    phone,
    text: `${who} was called at night`,
    source: "regulator",
    regulator: { authority: `Agency of ${who}`, reference: "1" },
  });
  await decideComplaint(ctx, { complaintId, decision: "upheld", text: `${who} was right` });
  const of = { organizationId, phoneId };
  const call = await db.prisma.call.findFirstOrThrow({ where: of });
  const { prisma } = db;
  await prisma.confirmation.create({
    data: {
      ...of,
      formId: complaintId,
      consentIds: [],
      means: "email",
      email: `${who}@mail.example`,
      isAsked: true,
      locale: "en",
      createdAt: at,
      expiresAt: at,
      sentAt: at,
    },
  });
  await prisma.refusalQuestion.create({
    data: { ...of, channel: "sms", text: `${who} writes;=1+1`, receivedAt: at, actor: {} },
  });
  const importRow = await prisma.import.create({
    data: {
      organizationId,
      kind: "suppressions",
      fileName: `list-of-${who}.csv`,
      bytes: 1,
      digest: new Uint8Array(32),
      mapping: {},
      isDryRun: false,
      createdAt: at,
      actor: {},
    },
  });
  await prisma.callPreference.create({
    data: {
      ...of,
      at,
      days: ["MO", "TU"],
      opensAt: "10:00",
      closesAt: "18:00",
      refusedDialers: ["predictive"],
      actor: { type: "person", id: phoneId },
    },
  });
  await prisma.suppression.create({
    data: {
      ...of,
      reason: "litigator",
      at,
      recordedAt: at,
      actor: { type: "job", id: "import.run", subjectId: importRow.id },
    },
  });
  await prisma.violation.create({
    data: {
      organizationId,
      callId: call.id,
      at,
      causes: [],
      codes: [],
      rank: 0,
      foundAt: at,
      dueAt: at,
      steps: {
        create: {
          kind: "noted",
          details: {},
          at,
          actor: {},
          notes: { create: { text: `${who} was called back` } },
        },
      },
    },
  });
  await prisma.lineLookup.create({
    data: { ...of, lineType: "wireless", lookedUpAt: at, recordedAt: at, actor: {} },
  });
  await prisma.personCode.create({ data: { ...of, locale: "en", createdAt: at, sentAt: at } });
  await prisma.evidencePack.create({
    data: { organizationId, complaintId, regulator: "us", sha256: "0".repeat(64), at, actor: {} },
  });
}

/** Puts a contact into a segment and a campaign, with activities and a legal hold. */
async function fillContact(ctx: RootContext, contactId: ContactId, phoneId: PhoneId) {
  const { db, organizationId } = ctx;
  const by = { contact: "ann", at: at.toISOString() };
  await recordActivities(ctx, {
    rows: [
      { ...by, externalId: "1", type: "purchase", amount: 12.5, category: "garden" },
      { ...by, externalId: "2", type: "preference", properties: { topic: "cards", value: "no" } },
      {
        contact: "ben-4711",
        at: at.toISOString(),
        externalId: "3",
        type: "purchase",
        amount: 5,
        category: "secret of Ben",
      },
    ],
  });
  const segment = await saveSegment(ctx, {
    name: "Gold customers",
    rule: { is: "attribute", field: "plan", test: { test: "present", isPresent: true } },
  });
  await refreshSegment(asRefresher(ctx), segment.id);
  const purpose = PurposeKey.parse("marketing");
  const offer = await saveOffer(ctx, anOffer({ purpose, name: "Gold card" }));
  const campaign = await saveCampaign(ctx, aPlan({ segmentId: segment.id, offerId: offer.id }));
  const { ordinal } = await db.prisma.contact.findFirstOrThrow({ where: { id: contactId } });
  await db.prisma.campaignPerson.create({
    data: {
      organizationId,
      campaignId: campaign.id,
      contactOrdinal: ordinal,
      offerId: offer.id,
      offerVersion: 1,
      at,
    },
  });
  await placeHold(ctx, { on: { scope: "contact", contactId }, reason: "Ann v. Acme" });
  await db.prisma.auditEntry.create({
    data: {
      organizationId,
      actor: { type: "key", id: "k" },
      action: "phone.read",
      phoneId,
      details: {},
      at,
    },
  });
}

it("tells everything that is on record of the person, in every section", async () => {
  const { read, own } = await scene();
  const report = await read();
  const records: Record<ReportSection, readonly object[]> = report.records as never;
  expect(reportSectionNames.filter((section) => records[section].length === 0)).toEqual([]);
  expect(report).toMatchObject({
    format: "ringfence/access-report@v1",
    controller: { name: "Test", contact: null },
    purposes: expect.arrayContaining([
      { key: "marketing", name: "Marketing", kind: "promotional" },
    ]),
    grounds: { calls: [{ seller: "Acme", ground: "opt_in" }], own: null },
    retention: null,
    hasSharedPhone: true,
    decisions: ["screening", "segments"],
    records: {
      person: [{ name: "Ann Ownova", email: "ann@home.example", attributes: { plan: "gold" } }],
      consents: [
        {
          phone: own,
          event: "granted",
          seller: "Acme",
          evidence: { more: { typed: "Ann typed this" } },
          recordedBy: "officer",
          certificate: { statement: expect.anything() },
        },
      ],
      optOuts: [{ note: "Ann was upset", scope: "all" }],
      segments: [{ title: "Gold customers", because: [expect.stringContaining("plan")] }],
      campaigns: [{ offer: "Gold card" }],
      restrictions: [{ ground: "accuracy_contested", endedAt: null }],
      holds: [{ scope: "contact" }],
      imports: [{ fileName: "list-of-Ann.csv" }],
      accesses: expect.arrayContaining([{ at: at.toISOString(), kind: "read", by: "system" }]),
    },
  });
});

it("tells nothing of who shares the number, and no name of a member", async () => {
  const { make, shared, read } = await scene();
  const text = new TextDecoder().decode((await make()).content);
  expect(text).not.toMatch(/\bBen\b|ben-4711|ben@|Olga|olga@/);
  const { records } = await read();
  expect(JSON.stringify({ ...records, phones: [] })).not.toContain(shared);
  expect(records.phones).toContainEqual({
    phone: shared,
    isShared: true,
    lineType: null,
    lineTypeAt: null,
  });
});

it("still tells nothing of them when they were erased or restricted", async () => {
  const { ctx, make } = await scene();
  const ben = ContactId.parse((await findContact(ctx, "ben-4711")).id);
  await restrictContact(ctx, { contactId: ben, ground: "unlawful" });
  await ctx.db.prisma.contact.update({
    where: { organizationId_id: { organizationId: ctx.organizationId, id: ben } },
    data: { name: null, email: null, externalId: null, erasedAt: at },
  });
  const text = new TextDecoder().decode((await make()).content);
  expect(text).not.toMatch(/\bBen\b|unlawful/);
});

/** Records the answer of the reassigned numbers database about the number of a consent of 2022. */
async function recordAnswer(
  { db, organizationId }: RootContext,
  phoneId: PhoneId,
  answer: "yes" | "no",
  recordedAt: Date,
  consentDate = new Date("2022-05-01"),
) {
  const { id: queryId } = await db.prisma.reassignedQuery.create({
    data: { organizationId, askedAt: recordedAt, numbers: 1, actor: {} },
  });
  const of = { organizationId, queryId, phoneId, consentDate };
  await db.prisma.reassignedQuestion.create({ data: of });
  await db.prisma.reassignedAnswer.create({
    data: { ...of, answer, askedAt: recordedAt, recordedAt },
  });
}

it("leaves out all that was recorded of a number before it was reassigned, and says so", async () => {
  const { ctx, phoneId, read, make, contactId } = await scene();
  expect((await read()).hasReassignedPhone).toBe(false);
  await recordAnswer(ctx, phoneId, "yes", new Date());
  const report = await read();
  expect(report.hasReassignedPhone).toBe(true);
  const records: Record<ReportSection, readonly object[]> = report.records as never;
  expect(reportSectionNames.filter((section) => records[section].length > 0)).toEqual([
    "person",
    "phones",
    "restrictions",
    "activities",
    "topics",
    "segments",
    "campaigns",
    "holds",
    "accesses",
  ]);
  const { zip } = await makePortableCopy(ctx, { contactId, locale: "en" });
  const given = [(await make()).content, ...Object.values(unzipSync(zip))];
  expect(given.map((file) => new TextDecoder().decode(file)).join()).not.toMatch(
    /Ann typed|Ann was|Ann writes|Ann@mail|list-of-Ann|Agency of Ann/,
  );
});

it("reports to the new holder of a number only their own records, and none of the previous holder's", async () => {
  const { ctx } = await scene();
  const phone = aNumber();
  const agree = (obtainedAt: string, typed: string) =>
    recordConsent(
      ctx,
      aConsent({
        phone,
        obtainedAt: new Date(obtainedAt),
        evidence: { act: "ticked", more: { typed } },
      }),
    );
  await agree("2022-05-01T10:00:00Z", "Carl typed this");
  const phoneId = await findPhoneId(ctx, phone);
  await recordAnswer(ctx, phoneId, "yes", new Date("2025-06-01T10:00:00Z"));
  await recordContacts(ctx, { rows: [{ externalId: "dora", name: "Dora", phones: [phone] }] });
  await agree("2026-02-01T10:00:00Z", "Dora typed this");
  const contactId = ContactId.parse((await findContact(ctx, "dora")).id);
  const read = async () => {
    const asked = {
      contactId,
      format: "json",
      locale: "en",
      tellsHolds: false,
      fontFolder,
    } as const;
    return new TextDecoder().decode((await makeAccessReport(ctx, asked)).content);
  };
  expect(await read()).not.toContain("Carl");
  expect(JSON.parse(await read())).toMatchObject({
    hasReassignedPhone: true,
    records: { consents: [{ evidence: { more: { typed: "Dora typed this" } } }] },
  });
  // A later answer says that the number did not change hands since 2022.
  await recordAnswer(ctx, phoneId, "no", new Date("2026-03-01T10:00:00Z"));
  expect(await read()).toContain("Carl typed this");
});

it("says nothing of legal holds unless the officer decides so", async () => {
  const { read } = await scene();
  expect(await read(undefined, { tellsHolds: false })).toMatchObject({
    leavesOutHolds: true,
    records: { holds: [] },
  });
});

it("prints the same for the person in English and Russian, and audits each with its hash", async () => {
  const { ctx, make, contactId } = await scene();
  for (const locale of ["en", "ru"]) {
    const { content, type } = await make(undefined, { format: "pdf", locale });
    expect(type).toBe("application/pdf");
    expect(new TextDecoder("latin1").decode(content.slice(0, 5))).toBe("%PDF-");
    const sha256 = createHash("sha256").update(content).digest("hex");
    const where = { organizationId: ctx.organizationId, action: "access-report.make" };
    const last = await ctx.db.prisma.auditEntry.findFirstOrThrow({
      where,
      orderBy: { id: "desc" },
    });
    expect(last.details).toMatchObject({ contactId, format: "pdf", sha256, exported: true });
  }
});

it("copies what the person provided, as JSON and CSV, without what was concluded", async () => {
  const { ctx, contactId } = await scene();
  const { zip } = await makePortableCopy(ctx, { contactId, locale: "en" });
  const files = unzipSync(zip);
  const { records, shortened } = JSON.parse(strFromU8(files["data.json"] ?? new Uint8Array()));
  expect(shortened).toEqual([]);
  expect(strFromU8(files["README.txt"] ?? new Uint8Array())).not.toContain("Only the latest");
  expect(records).toMatchObject({
    person: [{ name: "Ann Ownova", attributes: { plan: "gold" } }],
    consents: [{ event: "granted", evidence: { more: { typed: "Ann typed this" } } }],
    activities: [{ category: "garden" }, {}],
    messages: [{ text: "Ann writes;=1+1" }],
  });
  for (const name of ["segments", "screenings", "calls", "suppressions", "accesses"])
    expect(records).not.toHaveProperty(name);
  expect(strFromU8(files["activities.csv"] ?? new Uint8Array())).toContain("garden");
  expect(strFromU8(files["messages.csv"] ?? new Uint8Array())).toContain("Ann writes;'=1+1");
  expect(
    Object.values(files)
      .map((one) => strFromU8(one))
      .join(),
  ).not.toMatch(/\bBen\b|was upset/);
});

it("names the sections that hold only the latest records, in the report and in the copy", async () => {
  const { ctx, contactId, read } = await scene();
  const { db, organizationId } = ctx;
  expect(await read()).toMatchObject({ shortened: [] });
  const { ordinal } = await findContact(ctx, "ann");
  await db.prisma.$executeRaw`
    INSERT INTO activity (organization_id, type, key, contact_ordinal, at, properties, recorded_at)
    SELECT ${organizationId}::uuid, 'visit', 'visit-' || number, ${ordinal}, now(), '{}'::jsonb, now()
    FROM generate_series(1, 10000) AS number`;
  await db.prisma.$executeRaw`
    INSERT INTO audit_entry (organization_id, id, actor, action, details, at)
    SELECT ${organizationId}::uuid, uuid7(), '{"type":"job","name":"import.run"}'::jsonb, 'contact.read',
      ${JSON.stringify({ contactId })}::jsonb, now()
    FROM generate_series(1, 1000)`;
  expect(await read()).toMatchObject({ shortened: ["activities", "accesses"] });

  const { zip } = await makePortableCopy(ctx, { contactId, locale: "en" });
  const files = unzipSync(zip);
  const copy = JSON.parse(strFromU8(files["data.json"] ?? new Uint8Array()));
  expect(copy.shortened).toEqual(["activities"]);
  expect(copy.records.activities).toHaveLength(10_000);
  expect(strFromU8(files["README.txt"] ?? new Uint8Array())).toContain(
    "Only the latest records are listed: Activities. You can ask for the rest.",
  );
});

it("is for owners and officers who proved who they are, and for no other organization", async () => {
  const { ctx, make, contactId } = await scene();
  for (const role of ["marketer", "agent", "auditor", "developer"] as const) {
    await expect(make(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      makePortableCopy(as(ctx, role), { contactId, locale: "en" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  }
  const limited = { ...actor, sellerIds: [await aSeller(ctx.db, ctx.organizationId)] };
  await expect(make({ ...ctx, actor: limited })).rejects.toMatchObject({ code: "forbidden" });
  const unproven = { ...actor, isProven: false };
  await expect(make({ ...ctx, actor: unproven })).rejects.toMatchObject({ code: "proof-needed" });
  const other = { ...ctx, organizationId: await anOrganization(ctx.db) };
  await expect(make(other)).rejects.toMatchObject({ code: "not-found" });
  await expect(makePortableCopy(other, { contactId, locale: "en" })).rejects.toMatchObject({
    code: "not-found",
  });
});

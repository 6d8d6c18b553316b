import { sql } from "kysely";
import { z } from "zod";
import { classifyEntry } from "@ringfence/core/platform/audit";
import type { ReportRow } from "@ringfence/core/desk/access-report";
import { formatInstant, say } from "@ringfence/core/platform/message";
import { explainMemberships } from "../../audience/segment/internal.ts";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { MAX_ROWS } from "./phone-records.ts";
import {
  type ReportedPerson,
  findImport,
  isOwnRow,
  loadRoles,
  selectOwn,
} from "./reported-person.ts";

/*
 * Reads what is on record of the contact itself, what was written by and about the person, and who saw it. Messages,
 * complaints, look-ups, codes and imports are those of the person's own phones.
 */

type ContactSection =
  | "person"
  | "phones"
  | "restrictions"
  | "activities"
  | "topics"
  | "segments"
  | "campaigns"
  | "messages"
  | "complaints"
  | "holds"
  | "lookups"
  | "codes"
  | "imports"
  | "accesses";

export type ContactRecords = { [Section in ContactSection]: ReportRow<Section>[] };

/** Without `tellsHolds`, the report has no legal holds, whether there are any or not. */
export async function readContactRecords(
  ctx: TransactionContext,
  person: ReportedPerson,
  { tellsHolds }: { tellsHolds: boolean },
): Promise<ContactRecords> {
  const nameRole = await loadRoles(ctx);
  const { externalId, name, email, zone, calledParty, attributes, ...contact } = person.contact;
  return {
    person: [
      {
        externalId,
        name,
        email,
        language: contact.locale,
        zone,
        region: contact.addressRegion,
        calledParty,
        attributes,
        recordedAt: contact.createdAt,
        changedAt: contact.updatedAt,
      },
    ],
    phones: person.phones.map(({ phone, isShared, lineType, lineTypeAt }) => ({
      phone,
      isShared,
      lineType: isShared ? null : lineType,
      lineTypeAt: isShared ? null : lineTypeAt,
    })),
    restrictions: await readRestrictions(ctx, person, nameRole),
    ...(await readBehavior(ctx, person)),
    messages: await readMessages(ctx, person),
    complaints: await readComplaints(ctx, person, nameRole),
    holds: tellsHolds ? await readHolds(ctx, person) : [],
    lookups: await readLookups(ctx, person),
    codes: await readCodes(ctx, person),
    imports: await readImports(ctx, person),
    accesses: await readAccesses(ctx, person, nameRole),
  };
}

type NameRole = Awaited<ReturnType<typeof loadRoles>>;

async function readRestrictions(
  { db, organizationId }: TransactionContext,
  { contact }: ReportedPerson,
  nameRole: NameRole,
): Promise<ReportRow<"restrictions">[]> {
  const rows = await db.contactRestriction.findMany({
    where: { organizationId, contactId: contact.id },
    include: { end: true },
    orderBy: { id: "desc" },
  });
  return rows.map(({ at, ground, end, actor }) => ({
    at,
    ground,
    endedAt: end?.at ?? null,
    endReason: end?.reason ?? null,
    recordedBy: nameRole(actor),
  }));
}

async function readBehavior(ctx: TransactionContext, { contact, locale }: ReportedPerson) {
  const { db, organizationId } = ctx;
  const { ordinal: contactOrdinal } = contact;
  const where = { organizationId, contactOrdinal };
  const activities = await db.activity.findMany({
    where,
    orderBy: { at: "desc" },
    take: MAX_ROWS,
  });
  const topics = await db.preferenceRollup.findMany({ where, orderBy: { topic: "asc" } });
  const campaigns = await db.campaignPerson.findMany({
    where,
    include: { campaign: { select: { name: true } }, offer: { select: { name: true } } },
    orderBy: { at: "desc" },
    take: MAX_ROWS,
  });
  const memberships = await explainMemberships(ctx, contactOrdinal, locale);
  const Properties = z.record(z.string(), z.unknown());
  return {
    activities: activities.map(({ at, type, amount, category, properties, recordedAt }) => ({
      at,
      type,
      amount: amount === null ? null : amount / 100,
      category,
      properties: Properties.parse(properties),
      recordedAt,
    })),
    topics: topics.map(({ at, topic, value }) => ({ at, topic, value })),
    segments: memberships.map(({ name: title, ...rest }) => ({ title, ...rest })),
    campaigns: campaigns.map(({ at, campaign, offer, isBelow }) => ({
      at,
      title: campaign.name,
      offer: offer.name,
      isBelowThreshold: isBelow,
    })),
  };
}

async function readMessages(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"messages">[]> {
  const rows = await ctx.db.refusalQuestion.findMany({
    where: selectOwn(ctx, person, (receivedAt) => ({ receivedAt })),
    orderBy: { receivedAt: "desc" },
    take: MAX_ROWS,
  });
  return rows.map(({ receivedAt: at, phoneId, channel, mailbox, text }) => ({
    at,
    phone: person.nameNumber(phoneId),
    channel,
    mailbox,
    text,
  }));
}

async function readComplaints(
  ctx: TransactionContext,
  person: ReportedPerson,
  nameRole: NameRole,
): Promise<ReportRow<"complaints">[]> {
  const { locale, zone } = person;
  const rows = await ctx.db.complaint.findMany({
    where: selectOwn(ctx, person, (receivedAt) => ({ receivedAt })),
    include: { events: { orderBy: { id: "asc" }, include: { notes: true } }, tasks: true },
    orderBy: { receivedAt: "desc" },
    take: MAX_ROWS,
  });
  return rows.map(({ events, tasks, ...complaint }) => ({
    at: complaint.receivedAt,
    phone: person.nameNumber(complaint.phoneId),
    text: complaint.text,
    source: complaint.source,
    seller: person.nameSeller(complaint.sellerId),
    regulator: complaint.regulator,
    regulatorReference: complaint.regulatorReference,
    senderId: complaint.externalId,
    calledAt: complaint.saidAt,
    calledOn: complaint.saidOn?.toISOString().slice(0, 10) ?? null,
    dueAt: complaint.dueAt,
    decision: complaint.decision,
    decidedAt: complaint.decidedAt,
    appealedAt: complaint.appealedAt,
    steps: events.map(({ at, kind, actor, notes }) =>
      [
        formatInstant(locale, zone, at, "evidence"),
        sayCode(locale, kind),
        sayCode(locale, nameRole(actor) ?? ""),
        ...notes.map(({ text }) => text),
      ]
        .filter((part) => part !== "")
        .join(", "),
    ),
    tasks: tasks.map(({ title }) => title),
  }));
}

/** Says one of our own words in the language of the report. */
export const sayCode = (locale: ReportedPerson["locale"], code: string) =>
  code === ""
    ? ""
    : say(locale, { key: "access-report.code", values: { value: code.replaceAll(/[.-]/g, "_") } });

/** Reads the holds that keep this person's data. Those on other people's cases and on campaigns are not theirs. */
async function readHolds(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"holds">[]> {
  const { db, organizationId } = ctx;
  const complaints = await db.complaint.findMany({
    where: selectOwn(ctx, person, (receivedAt) => ({ receivedAt })),
    select: { id: true },
  });
  const rows = await db.legalHold.findMany({
    where: {
      organizationId,
      OR: [
        { scope: "everything" },
        { contactId: person.contact.id },
        { complaintId: { in: complaints.map(({ id }) => id) } },
      ],
    },
    include: { lifts: { include: { answer: true } } },
    orderBy: { id: "desc" },
  });
  return rows.map(({ placedAt: at, scope, lifts }) => ({
    at,
    scope,
    liftedAt: lifts.find(({ answer }) => answer?.isAccepted === true)?.answer?.answeredAt ?? null,
  }));
}

/** Reads what was found out about the numbers elsewhere: their line type, reassignment, and answers of registries. */
async function readLookups(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"lookups">[]> {
  const { db } = ctx;
  const lines = await db.lineLookup.findMany({
    where: selectOwn(ctx, person, (lookedUpAt) => ({ lookedUpAt })),
  });
  const reassigned = await db.reassignedAnswer.findMany({
    where: selectOwn(ctx, person, (recordedAt) => ({ recordedAt })),
  });
  const registries = await db.registryAnswer.findMany({
    where: selectOwn(ctx, person, (answeredAt) => ({ answeredAt })),
    include: { registry: { select: { name: true } } },
  });
  const asked = (about: "line" | "reassigned") =>
    say(person.locale, { key: "access-report.looked-up", values: { about } });
  const rows = [
    ...lines.map(({ phoneId, lookedUpAt, lineType }) => ({
      at: lookedUpAt,
      phone: person.nameNumber(phoneId),
      asked: asked("line"),
      answer: lineType,
      since: null,
    })),
    ...reassigned.map(({ phoneId, askedAt, answer, consentDate }) => ({
      at: askedAt,
      phone: person.nameNumber(phoneId),
      asked: asked("reassigned"),
      answer,
      since: consentDate.toISOString().slice(0, 10),
    })),
    ...registries.map(({ phoneId, answeredAt, said, registry }) => ({
      at: answeredAt,
      phone: person.nameNumber(phoneId),
      asked: registry.name,
      answer: said,
      since: null,
    })),
  ];
  return rows.toSorted((a, b) => Number(b.at) - Number(a.at));
}

async function readCodes(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"codes">[]> {
  const rows = await ctx.db.personCode.findMany({
    where: selectOwn(ctx, person, (createdAt) => ({ createdAt })),
    orderBy: { createdAt: "desc" },
    take: MAX_ROWS,
  });
  return rows.map(({ createdAt: at, phoneId, means, sentAt, openedAt }) => ({
    at,
    phone: person.nameNumber(phoneId),
    means,
    sentAt,
    openedAt,
  }));
}

/**
 * Reads the imports by which consents, opt-outs and suppressions of the person came. Rows of other kinds name no
 * import.
 */
async function readImports(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"imports">[]> {
  const { db, organizationId } = ctx;
  const where = selectOwn(ctx, person, (at) => ({ at }));
  const select = { actor: true } as const;
  const written = [
    ...(await db.consentEvent.findMany({ where, select })),
    ...(await db.optOut.findMany({ where, select })),
    ...(await db.suppression.findMany({ where, select })),
  ];
  const ids = new Set(written.flatMap(({ actor }) => findImport(actor) ?? []));
  const rows = await db.import.findMany({
    where: { organizationId, id: { in: [...ids] } },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ createdAt: at, fileName, kind }) => ({ at, fileName, kind }));
}

const Entry = z.object({
  at: z.date(),
  action: z.string(),
  details: z.unknown(),
  actor: z.unknown(),
});

/** The most rows of `accesses`. */
export const MAX_ACCESSES = 1_000;

/** Reads when who looked at or took the person's data, by role: whoever did it is another person. */
async function readAccesses(
  ctx: TransactionContext,
  person: ReportedPerson,
  nameRole: NameRole,
): Promise<ReportRow<"accesses">[]> {
  const rows = await selectRows(
    ctx,
    Entry,
    sql`
    SELECT at, action, details, actor FROM audit_entry
    WHERE organization_id = ${ctx.organizationId}::uuid
      AND (${isOwnRow(person, sql`phone_id`, sql`at`)}
        OR details ->> 'contactId' = ${person.contact.id})
    ORDER BY id DESC LIMIT ${MAX_ACCESSES}`,
  );
  return rows.map(({ at, action, details, actor }) => ({
    at,
    kind: classifyEntry(action, details),
    by: nameRole(actor),
  }));
}

import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { findOwnedSince, summarizeAnswers } from "@ringfence/core/calling/screening";
import { Attributes } from "@ringfence/core/people/contact";
import type { Locale } from "@ringfence/core/platform/message";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";

/** A phone of the person. Its number is null if it was erased. */
export type ReportedPhone = {
  id: PhoneId;
  phone: string | null;
  lineType: string | null;
  lineTypeAt: Date | null;
  /**
   * True if another contact has it too, even an erased one. What is recorded of it may be about them, so a report leaves
   * it out: nothing says whose call or consent it was.
   */
  isShared: boolean;
  /**
   * Time since which its records are certainly not a previous owner's. A report leaves out older ones. Null if no
   * answer of a reassigned numbers database says that it was reassigned.
   */
  ownedSince: Date | null;
};

/** The person of a report, and the names that its rows need. */
export type ReportedPerson = {
  contact: {
    id: ContactId;
    ordinal: number;
    externalId: string | null;
    name: string | null;
    email: string | null;
    locale: string | null;
    zone: string | null;
    addressRegion: string | null;
    calledParty: string;
    attributes: Attributes;
    createdAt: Date;
    updatedAt: Date;
  };
  phones: readonly ReportedPhone[];
  /** The phones that are theirs alone. */
  ownPhones: readonly ReportedPhone[];
  nameSeller: (id: string | null) => string | null;
  namePurpose: (key: string) => string;
  nameNumber: (phoneId: string | null) => string | null;
  locale: Locale;
  /** Zone of the times in texts. */
  zone: string;
};

/** Loads a contact with their phones. Throws `not-found` if there is none, or it was erased. */
export async function loadReportedPerson(
  ctx: TransactionContext,
  contactId: ContactId,
  { locale, zone }: { locale: Locale; zone: string },
): Promise<ReportedPerson> {
  const { db, organizationId } = ctx;
  const row = await db.contact.findFirst({
    where: { organizationId, id: contactId, erasedAt: null },
    include: {
      phones: {
        orderBy: { phoneId: "asc" },
        include: { phone: { include: { contacts: { select: { contactId: true } } } } },
      },
    },
  });
  if (row === null) throw new ServiceError("not-found", { key: "contact.not-found" });
  const reassigned = await loadReassigned(
    ctx,
    row.phones.map(({ phoneId }) => phoneId),
  );
  const phones = row.phones.map(({ phone: { id, e164, contacts, ...line } }) => ({
    id: PhoneId.parse(id),
    phone: e164,
    lineType: line.lineType,
    lineTypeAt: line.lineTypeAt,
    isShared: contacts.length > 1,
    ownedSince: findOwnedSince(summarizeAnswers(reassigned.get(id) ?? [], ctx.now)),
  }));
  const numbers = new Map<string, string | null>(phones.map(({ id, phone }) => [id, phone]));
  const sellers = new Map<string, string>(
    (await loadSellers(ctx)).map(({ id, name }) => [id, name]),
  );
  const purposes = new Map<string, string>(
    (await loadPurposes(ctx)).map(({ key, name }) => [key, name]),
  );
  return {
    contact: { ...row, id: ContactId.parse(row.id), attributes: Attributes.parse(row.attributes) },
    phones,
    ownPhones: phones.filter(({ isShared }) => !isShared),
    nameSeller: (id) => (id === null ? null : (sellers.get(id) ?? null)),
    namePurpose: (key) => purposes.get(key) ?? key,
    nameNumber: (id) => (id === null ? null : (numbers.get(id) ?? null)),
    locale,
    zone,
  };
}

const Answer = z.enum(["yes", "no", "no_data"]);

/** Loads all answers of reassigned numbers databases about some phones, by phone. */
async function loadReassigned(
  { db, organizationId }: TransactionContext,
  phoneIds: readonly string[],
) {
  const rows = await db.reassignedAnswer.findMany({
    where: { organizationId, phoneId: { in: [...phoneIds] } },
  });
  const answers = rows.map(({ phoneId, answer, consentDate, askedAt, recordedAt: at }) => ({
    phoneId,
    answer: Answer.parse(answer),
    consentDate,
    askedAt,
    at,
  }));
  return Map.groupBy(answers, ({ phoneId }) => phoneId);
}

/**
 * Returns the condition for rows of the person's own phones, without those of somebody who had the number before.
 * `since` builds the comparison with the time of a row. It matches no row if no phone is theirs alone.
 */
export function selectOwn<Since extends object>(
  { organizationId }: TransactionContext,
  { ownPhones }: ReportedPerson,
  since: (at: { gte: Date }) => Since,
): { organizationId: string; OR: ({ phoneId: PhoneId } & (Since | object))[] } {
  return {
    organizationId,
    OR: ownPhones.map(({ id: phoneId, ownedSince }) => ({
      phoneId,
      ...(ownedSince === null ? {} : since({ gte: ownedSince })),
    })),
  };
}

/**
 * `selectOwn` as SQL: true if the row is of one of the person's own phones, and not of a previous owner of the number.
 */
export function isOwnRow(
  { ownPhones }: ReportedPerson,
  phoneId: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const ids = ownPhones.map(({ id }) => id);
  const times = ownPhones.map(({ ownedSince }) => ownedSince?.toISOString() ?? null);
  return sql`(${phoneId} = ANY (${ids}::uuid[]) AND NOT EXISTS (
    SELECT FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) AS own (own_id, owned_since)
    WHERE own_id = ${phoneId} AND ${at} < owned_since))`;
}

const Actor = z.object({ type: z.string(), id: z.string(), subjectId: z.string().optional() });

/** Returns the id of the import that wrote a row; null if no import did. */
export function findImport(actor: unknown): string | null {
  const { data } = Actor.safeParse(actor);
  return data?.type === "job" && data.id === "import.run" ? (data.subjectId ?? null) : null;
}

const wordOfType: Readonly<Record<string, string>> = {
  key: "system",
  job: "program",
  form: "form",
  person: "person",
  visitor: "visitor",
};

/**
 * Loads the roles of members, so that a report names what somebody is and not who. A member who is no longer on record
 * is just a member.
 */
export async function loadRoles({ db, organizationId }: TransactionContext) {
  const members = await db.member.findMany({
    where: { organizationId },
    select: { id: true, role: true },
  });
  const roles = new Map<string, string>(members.map(({ id, role }) => [id, role]));
  return (actor: unknown): string | null => {
    const { data } = Actor.safeParse(actor);
    if (data === undefined) return null;
    return data.type === "member"
      ? (roles.get(data.id) ?? "member")
      : (wordOfType[data.type] ?? null);
  };
}

import { writeCitation } from "@ringfence/core/people/jurisdiction";
import { z } from "zod";
import type { ReportRow } from "@ringfence/core/desk/access-report";
import { StoredCause } from "@ringfence/core/calling/violation";
import { formatFileHash } from "@ringfence/core/proof/ledger";
import { type Locale, fromStoredMessage, say } from "@ringfence/core/platform/message";
import { Weekday } from "@ringfence/core/platform/time";
import { parseScreening } from "../../calling/screening/internal.ts";
import { findCorrectedAt } from "../../do-not-call/opt-out/internal.ts";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { certifyWithoutChain } from "../../proof/certificate/internal.ts";
import { type ReportedPerson, loadRoles, selectOwn } from "./reported-person.ts";

/*
 * Reads the records of a person's own phones: consents, opt-outs, calls and the screenings before them. Leaves out
 * phones that other people have too, and records from before a phone was reassigned.
 */

/**
 * The most rows of a section that is read row by row; of a person with more, the latest are told. Look-ups, imports and
 * recipients have no limit, and accesses have one of their own (`MAX_ACCESSES`).
 */
export const MAX_ROWS = 10_000;
/** The most certificates of a section: each takes several queries, in the transaction of the report. */
const MAX_CERTIFICATES = 50;

const Data = z.record(z.string(), z.unknown());

export type PhoneRecords = {
  [
    Section in
      | "consents"
      | "confirmations"
      | "optOuts"
      | "suppressions"
      | "preferences"
      | "screenings"
      | "calls"
      | "violations"
  ]: ReportRow<Section>[];
};

/** `policy` is that of the ledger, for certificates. */
export async function readPhoneRecords(
  ctx: TransactionContext,
  person: ReportedPerson,
  policy: string,
): Promise<PhoneRecords> {
  const nameRole = await loadRoles(ctx);
  return {
    consents: await readConsents(ctx, person, { policy, nameRole }),
    confirmations: await readConfirmations(ctx, person),
    optOuts: await readOptOuts(ctx, person, { policy, nameRole }),
    suppressions: await readSuppressions(ctx, person, nameRole),
    preferences: await readPreferences(ctx, person),
    screenings: await readScreenings(ctx, person, nameRole),
    calls: await readCalls(ctx, person),
    violations: await readViolations(ctx, person),
  };
}

type NameRole = Awaited<ReturnType<typeof loadRoles>>;
type Proving = { policy: string; nameRole: NameRole };

async function readConsents(
  ctx: TransactionContext,
  person: ReportedPerson,
  { policy, nameRole }: Proving,
): Promise<ReportRow<"consents">[]> {
  const events = await ctx.db.consentEvent.findMany({
    where: selectOwn(ctx, person, (at) => ({ at })),
    include: {
      disclosure: { select: { text: true } },
      form: { select: { name: true, version: true } },
      evidence: { include: { file: true } },
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
  });
  const rows: ReportRow<"consents">[] = [];
  for (const [index, event] of events.entries()) {
    const { evidence, form, disclosure } = event;
    const files = evidence.flatMap(({ file }) => file ?? []);
    rows.push({
      at: event.at,
      phone: person.nameNumber(event.phoneId),
      event: event.type,
      seller: person.nameSeller(event.sellerId),
      purposes: event.purposes.map(person.namePurpose),
      channels: event.channels,
      source: event.source,
      form: form && `${form.name} ${form.version}`,
      words: disclosure?.text ?? null,
      validUntil: event.validUntil,
      isWritten: event.isWritten,
      isProven: event.isProven,
      elements: event.elements,
      evidence: mergeBodies(evidence.map(({ body }) => body)),
      files: files.map(
        ({ mediaType, sha256 }) =>
          `${mediaType}, ${formatFileHash(Buffer.from(sha256).toString("hex"))}`,
      ),
      recordedAt: event.recordedAt,
      recordedBy: nameRole(event.actor),
      certificate: index < MAX_CERTIFICATES ? await certify(ctx, policy, event.id) : null,
    });
  }
  return rows;
}

/** Evidence of an event is one body, or several that were added later. */
function mergeBodies(bodies: readonly unknown[]): Record<string, unknown> | null {
  const parsed = bodies.flatMap((body) => Data.safeParse(body).data ?? []);
  return parsed.length === 0 ? null : Object.assign({}, ...parsed);
}

/** Creates a certificate that hides who the person is; null for what is older than the ledger. */
async function certify(ctx: TransactionContext, policy: string, id: string): Promise<unknown> {
  try {
    return await certifyWithoutChain(ctx, policy, id, { hidesPerson: true });
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not-found") return null;
    throw error;
  }
}

async function readConfirmations(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"confirmations">[]> {
  const rows = await ctx.db.confirmation.findMany({
    where: selectOwn(ctx, person, (createdAt) => ({ createdAt })),
    orderBy: { createdAt: "desc" },
    take: MAX_ROWS,
  });
  return rows.map(({ phoneId, createdAt: at, means, email, isAsked, ...times }) => ({
    at,
    phone: person.nameNumber(phoneId),
    means,
    email,
    isAsked,
    sentAt: times.sentAt,
    confirmedAt: times.confirmedAt,
    disownedAt: times.disownedAt,
  }));
}

async function readOptOuts(
  ctx: TransactionContext,
  person: ReportedPerson,
  { policy, nameRole }: Proving,
): Promise<ReportRow<"optOuts">[]> {
  const { db, organizationId } = ctx;
  const optOuts = await db.optOut.findMany({
    where: selectOwn(ctx, person, (at) => ({ at })),
    include: {
      notes: true,
      corrections: { include: { reasons: true } },
      answers: { where: { isAccepted: true } },
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
  });
  const mails = await db.receiptMail.findMany({
    where: { organizationId, optOutIds: { hasSome: optOuts.map(({ id }) => id) } },
  });
  const rows: ReportRow<"optOuts">[] = [];
  for (const [index, optOut] of optOuts.entries()) {
    rows.push({
      at: optOut.at,
      phone: person.nameNumber(optOut.phoneId),
      reference: optOut.reference,
      scope: optOut.scope,
      seller: person.nameSeller(optOut.sellerId),
      purpose: optOut.purpose && person.namePurpose(optOut.purpose),
      channel: optOut.channel,
      note: optOut.notes[0]?.text ?? null,
      recording: optOut.notes[0]?.recording ?? null,
      correctedAt: findCorrectedAt(ctx, optOut),
      correction:
        optOut.corrections.flatMap(({ reasons }) => reasons.map(({ text }) => text))[0] ?? null,
      receiptMail: mails.find(({ optOutIds }) => optOutIds.includes(optOut.id))?.email ?? null,
      recordedAt: optOut.recordedAt,
      recordedBy: nameRole(optOut.actor),
      certificate: index < MAX_CERTIFICATES ? await certify(ctx, policy, optOut.id) : null,
    });
  }
  return rows;
}

async function readSuppressions(
  ctx: TransactionContext,
  person: ReportedPerson,
  nameRole: NameRole,
): Promise<ReportRow<"suppressions">[]> {
  const rows = await ctx.db.suppression.findMany({
    where: selectOwn(ctx, person, (at) => ({ at })),
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
  });
  return rows.map(({ phoneId, at, reason, until, recordedAt, actor }) => ({
    at,
    phone: person.nameNumber(phoneId),
    reason,
    until,
    recordedAt,
    recordedBy: nameRole(actor),
  }));
}

async function readPreferences(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"preferences">[]> {
  const rows = await ctx.db.callPreference.findMany({
    where: selectOwn(ctx, person, (at) => ({ at })),
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
  });
  return rows.map((row) => toPreferenceRow(row, person));
}

type StoredPreference = {
  phoneId: string;
  at: Date;
  days: string[];
  opensAt: string;
  closesAt: string;
  refusedDialers: string[];
};

/** Formats a call preference for the access report and the copies of a person's data. */
export function toPreferenceRow(
  { phoneId, at, days, opensAt, closesAt, refusedDialers }: StoredPreference,
  { nameNumber, locale }: Pick<ReportedPerson, "nameNumber" | "locale">,
): ReportRow<"preferences"> {
  return {
    at,
    phone: nameNumber(phoneId),
    days: days.map((day) => nameWeekday(Weekday.parse(day), locale)),
    opensAt,
    closesAt,
    refusedDialers,
  };
}

/** 1 January 2024 was a Monday. */
const nameWeekday = (day: Weekday, locale: Locale) =>
  new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2024, 0, 1 + Weekday.options.indexOf(day)),
  );

async function readScreenings(
  ctx: TransactionContext,
  person: ReportedPerson,
  nameRole: NameRole,
): Promise<ReportRow<"screenings">[]> {
  const rows = await ctx.db.screening.findMany({
    where: selectOwn(ctx, person, (at) => ({ at })),
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
  });
  return rows.map(parseScreening).map((one) => ({
    at: one.at,
    phone: person.nameNumber(one.phoneId),
    seller: person.nameSeller(one.sellerId),
    purpose: person.namePurpose(one.purpose),
    verdict: one.verdict,
    reasons: [...one.refusals, ...one.warnings].map(({ message, citation }) => {
      const sentence = say(person.locale, message, person.zone);
      if (citation === undefined) return sentence;
      return `${sentence} (${writeCitation(citation, person.locale)})`;
    }),
    consentSince: one.checked.consent?.since ?? null,
    registries: one.checked.editions.map(({ registry }) => registry),
    rules: { sha256: one.checked.rules, policies: one.checked.policies },
    dialer: one.dialer,
    campaign: one.campaign,
    permitUntil: one.permitUntil,
    recordedBy: nameRole(one.actor),
  }));
}

async function readCalls(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"calls">[]> {
  const rows = await ctx.db.call.findMany({
    where: selectOwn(ctx, person, (at) => ({ at })),
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
  });
  return rows.map((call) => ({
    at: call.at,
    phone: person.nameNumber(call.phoneId),
    seller: person.nameSeller(call.sellerId),
    purpose: person.namePurpose(call.purpose),
    outcome: call.outcome,
    seconds: call.seconds,
    campaign: call.campaign,
    dialer: call.dialer,
    senderId: call.externalId,
    recordedAt: call.recordedAt,
  }));
}

async function readViolations(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<ReportRow<"violations">[]> {
  const { organizationId } = ctx;
  const rows = await ctx.db.violation.findMany({
    where: { organizationId, call: selectOwn(ctx, person, (at) => ({ at })) },
    include: { call: { select: { phoneId: true } }, steps: { include: { notes: true } } },
    orderBy: { at: "desc" },
    take: MAX_ROWS,
  });
  return rows.map(({ at, call, causes, foundAt, closedAt, steps }) => ({
    at,
    phone: person.nameNumber(call?.phoneId ?? null),
    causes: StoredCause.array()
      .parse(causes)
      .map(({ message }) => say(person.locale, fromStoredMessage(message), person.zone)),
    foundAt,
    closedAt,
    notes: steps.flatMap(({ notes }) => notes.map(({ text }) => text)),
  }));
}

import { planWithdrawal } from "@ringfence/core/consents/consent";
import { ComplaintDecision } from "@ringfence/core/desk/complaint";
import { ComplaintId, OptOutId, type PhoneId } from "@ringfence/core/ids";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import { type PersonCodeMeans, ReadOwnRecord } from "@ringfence/core/desk/own-record";
import {
  type TransactionContext,
  appendAudit,
  query,
  requirePerson,
  requirePhone,
} from "../../platform/internal.ts";
import { type OpenForm, listOpenForms } from "../../consents/capture-form/internal.ts";
import { loadAllEvents } from "../../consents/consent/internal.ts";
import { type ConsentEventView, readLatestAndNamedConsents } from "../number/internal.ts";
import {
  type PreferencesInForce,
  loadPreferences,
} from "../../do-not-call/call-preference/internal.ts";
import { findCorrectedAt } from "../../do-not-call/opt-out/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { type OwnCall, listOwnCalls } from "./own-calls.ts";

/** The record that a person sees of themselves. */
export type OwnRecord = {
  /** How the code reached them; null if they came without one. By one that was read aloud they see no complaints. */
  code: PersonCodeMeans | null;
  organization: string;
  /** IANA time zone of the times shown. */
  zone: string;
  phone: string | null;
  purposes: readonly { key: string; name: string }[];
  /**
   * The latest events of consents, and the last one of each consent in `standing`, latest first, with the words that
   * the person was shown.
   */
  consents: readonly ConsentEventView[];
  /** Ids of the consents that they can still withdraw (`listStandingConsents`). */
  standing: ReadonlySet<string>;
  /** A page of the calls to them, latest first. */
  calls: readonly OwnCall[];
  /** Cursor of earlier calls; null if there are none. */
  earlierCalls: string | null;
  /** Their latest opt-outs. */
  refusals: readonly OwnOptOut[];
  /** What they chose about calls to this phone, in the order in which they chose it. Each can only refuse calls. */
  preferences: readonly PreferencesInForce[];
  /** Their latest complaints, without those that an authority passed on. */
  complaints: readonly OwnComplaint[];
  /** Forms with which they can agree to calls. */
  forms: readonly OpenForm[];
};

const CALLS_A_PAGE = 20;
const MAX_OPT_OUTS = 20;
const MAX_COMPLAINTS = 20;

/** Reads what is stored about a phone, for its owner who has confirmed it by a code. */
export const readOwnRecord = query({
  name: "readOwnRecord",
  action: "own-record.read",
  input: ReadOwnRecord,
  run: async (ctx, { callsAfter }): Promise<OwnRecord> => {
    const { db, organizationId } = ctx;
    const { phoneId, code } = requirePerson(ctx);
    await requirePhone(ctx, phoneId);
    await appendAudit(ctx, "own-record.read", { phoneId });
    const { name, zone } = await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
    });
    const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
    const standing = await listStandingConsents(ctx, phoneId);
    const { calls, next } = await listOwnCalls(ctx, phoneId, {
      after: callsAfter,
      limit: CALLS_A_PAGE,
    });
    return {
      code: code ?? null,
      organization: name,
      zone,
      phone: phone?.e164 ?? null,
      purposes: await loadPurposes(ctx),
      consents: await readLatestAndNamedConsents(ctx, phoneId, standing),
      standing,
      calls,
      earlierCalls: next,
      refusals: await listOwnOptOuts(ctx, phoneId, MAX_OPT_OUTS),
      preferences: await loadPreferences(ctx, [phoneId]),
      complaints: code === "spoken" ? [] : await listOwnComplaints(ctx, phoneId, MAX_COMPLAINTS),
      forms: await listOpenForms(ctx),
    };
  },
  // The phone is the actor's, not part of the input.
  audit: "by run",
});

/**
 * Lists the ids of the consents that were not withdrawn whole. Those that have expired, were invalidated or were only
 * requested count too, because a withdrawal of them is still recorded.
 */
export async function listStandingConsents(ctx: TransactionContext, phoneId: PhoneId) {
  const events = await loadAllEvents(ctx, { phones: [phoneId] });
  const consents = [...Map.groupBy(events, ({ consentId }) => consentId)];
  return new Set(
    consents.flatMap(([id, ownEvents]) =>
      planWithdrawal(ownEvents, {}, ctx.now).outcome === "withdraw" ? id : [],
    ),
  );
}

/** An opt-out as its person sees it. `name` is the seller's name or the purpose's key; null if it concerns neither. */
export type OwnOptOut = {
  id: OptOutId;
  reference: string;
  at: Date;
  scope: OptOutScope["scope"];
  name: string | null;
  /** When it was corrected, because it was entered for a wrong number. */
  correctedAt: Date | null;
};

/** Lists the opt-outs of a phone, latest first; all of them without `take`. */
export async function listOwnOptOuts(
  ctx: TransactionContext,
  phoneId: PhoneId,
  take?: number,
): Promise<OwnOptOut[]> {
  const { db, organizationId } = ctx;
  const rows = await db.optOut.findMany({
    where: { organizationId, phoneId },
    include: { seller: true, answers: { where: { isAccepted: true } } },
    orderBy: { id: "desc" },
    ...(take !== undefined && { take }),
  });
  return rows.map(({ id, reference, at, scope, seller, purpose, answers }) => ({
    id: OptOutId.parse(id),
    reference,
    at,
    scope,
    name: seller?.name ?? purpose,
    correctedAt: findCorrectedAt(ctx, { id, phoneId, answers }),
  }));
}

/** A complaint as the person who made it sees it: by when it is answered, and what came of it. */
export type OwnComplaint = {
  id: ComplaintId;
  receivedAt: Date;
  dueAt: Date;
  decidedAt: Date | null;
  /** Null while it is open, and if it was resolved before decisions were recorded. */
  decision: ComplaintDecision | null;
};

/**
 * Lists the complaints about calls to this phone, without those that an authority passed on, latest first; all of them
 * without `take`.
 */
export async function listOwnComplaints(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
  take?: number,
): Promise<OwnComplaint[]> {
  const rows = await db.complaint.findMany({
    where: { organizationId, phoneId, source: { not: "regulator" } },
    select: { id: true, receivedAt: true, dueAt: true, decidedAt: true, decision: true },
    orderBy: { receivedAt: "desc" },
    ...(take !== undefined && { take }),
  });
  return rows.map(({ id, decision, ...row }) => ({
    ...row,
    id: ComplaintId.parse(id),
    decision: ComplaintDecision.nullable().parse(decision),
  }));
}

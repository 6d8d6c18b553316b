import { planWithdrawal } from "@ringfence/core/consents/consent";
import { ComplaintDecision } from "@ringfence/core/desk/complaint";
import { ComplaintId, type PhoneId } from "@ringfence/core/ids";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import {
  type TransactionContext,
  appendAudit,
  query,
  requirePersonPhone,
  requirePhone,
} from "../../platform/internal.ts";
import { loadAllEvents } from "../../consents/consent/internal.ts";
import { type ConsentEventView, readLatestAndNamedConsents } from "../number/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { z } from "zod";

/** The record that a person sees of themselves. */
export type OwnRecord = {
  organization: string;
  /** IANA time zone of the times shown. */
  zone: string;
  phone: string | null;
  purposes: readonly { key: string; name: string }[];
  /**
   * Recent consents and withdrawals, and all consents still in force, latest first, with the words that the
   * person was shown.
   */
  consents: readonly ConsentEventView[];
  /** Consents that they can still withdraw. */
  standing: ReadonlySet<string>;
  /** The latest calls to them, latest first. */
  calls: readonly ExplainedCall[];
  /** Their latest opt-outs. */
  refusals: readonly OwnOptOut[];
  /** Their latest complaints, without those that an authority passed on. */
  complaints: readonly OwnComplaint[];
};

/** Reads what is stored about a phone, for its owner who has confirmed it by a code. */
export const readOwnRecord = query({
  name: "readOwnRecord",
  action: "own-record.read",
  run: async (ctx): Promise<OwnRecord> => {
    const { db, organizationId } = ctx;
    const phoneId = requirePersonPhone(ctx);
    await requirePhone(ctx, phoneId);
    await appendAudit(ctx, "own-record.read", { phoneId });
    const { name, zone } = await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
    });
    const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
    const standing = await listStandingConsents(ctx, phoneId);
    return {
      organization: name,
      zone,
      phone: phone?.e164 ?? null,
      purposes: await loadPurposes(ctx),
      consents: await readLatestAndNamedConsents(ctx, phoneId, standing),
      standing,
      calls: await explainCalls(ctx, phoneId),
      refusals: await loadOwnOptOuts(ctx, phoneId),
      complaints: await listOwnComplaints(ctx, phoneId),
    };
  },
  // The phone is the actor's, not part of the input.
  audit: "by run",
});

/** Lists the consents that a withdrawal would still end, at least in part. */
async function listStandingConsents(ctx: TransactionContext, phoneId: PhoneId) {
  const events = await loadAllEvents(ctx, { phones: [phoneId] });
  const consents = [...Map.groupBy(events, ({ consentId }) => consentId)];
  return new Set(
    consents.flatMap(([id, ownEvents]) =>
      planWithdrawal(ownEvents, {}, ctx.now).outcome === "withdraw" ? id : [],
    ),
  );
}

/** `name` is the seller's name or the purpose's key; null if the opt-out concerns neither. */
export type OwnOptOut = {
  reference: string;
  at: Date;
  scope: OptOutScope["scope"];
  name: string | null;
  /** When it was corrected, because it was entered for a wrong number. */
  correctedAt: Date | null;
};

const MAX_OPT_OUTS = 20;

async function loadOwnOptOuts({ db, organizationId }: TransactionContext, phoneId: string) {
  const rows = await db.optOut.findMany({
    where: { organizationId, phoneId },
    include: { seller: true, answers: { where: { isAccepted: true } } },
    orderBy: { id: "desc" },
    take: MAX_OPT_OUTS,
  });
  return rows.map(({ reference, at, scope, seller, purpose, answers }) => ({
    reference,
    at,
    scope,
    name: seller?.name ?? purpose,
    correctedAt: answers[0]?.answeredAt ?? null,
  }));
}

const MAX_COMPLAINTS = 20;

/** A complaint as the person who made it sees it: by when it is answered, and what came of it. */
export type OwnComplaint = {
  id: ComplaintId;
  receivedAt: Date;
  dueAt: Date;
  decidedAt: Date | null;
  /** Null while it is open, and if it was decided without words. */
  decision: ComplaintDecision | null;
};

async function listOwnComplaints(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
): Promise<OwnComplaint[]> {
  const rows = await db.complaint.findMany({
    where: { organizationId, phoneId, source: { not: "regulator" } },
    select: { id: true, receivedAt: true, dueAt: true, decidedAt: true, decision: true },
    orderBy: { receivedAt: "desc" },
    take: MAX_COMPLAINTS,
  });
  return rows.map(({ id, decision, ...row }) => ({
    ...row,
    id: ComplaintId.parse(id),
    decision: ComplaintDecision.nullable().parse(decision),
  }));
}

/** A call as the called person may see it. */
type ExplainedCall = {
  id: string;
  at: Date;
  seller: string;
  purpose: string;
  outcome: string | null;
  /** When the consent that allowed it took effect; null if none did. */
  consentSince: Date | null;
  /** True if it was screened before it was placed. */
  isScreened: boolean;
};

const MAX_CALLS = 20;

const Checked = z.object({ consent: z.object({ since: z.coerce.date() }) });

/** Lists the latest calls to a phone, with what each rested on. */
async function explainCalls(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
): Promise<ExplainedCall[]> {
  const calls = await db.call.findMany({
    where: { organizationId, phoneId },
    include: { seller: true },
    orderBy: { at: "desc" },
    take: MAX_CALLS,
  });
  const ids = calls.flatMap(({ screeningId }) => screeningId ?? []);
  const screenings = await db.screening.findMany({
    where: { organizationId, id: { in: ids }, phoneId },
    select: { id: true, checked: true },
  });
  const checks = new Map(
    screenings.map(({ id, checked }) => [id, Checked.safeParse(checked).data]),
  );
  return calls.map(({ id, at, seller, purpose, outcome, screeningId }) => ({
    id,
    at,
    seller: seller.name,
    purpose,
    outcome,
    consentSince: checks.get(screeningId ?? "")?.consent.since ?? null,
    isScreened: screeningId !== null,
  }));
}

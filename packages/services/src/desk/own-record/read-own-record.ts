import { planWithdrawal } from "@ringfence/core/consents/consent";
import type { PhoneId } from "@ringfence/core/ids";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { allow } from "../../platform/access/allow.ts";
import { readAudited } from "../../platform/access/read-audited.ts";
import { readEveryEvent } from "../../consents/consent/events.ts";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { type ConsentShown, latestConsentsAnd } from "../number/timeline-of.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { z } from "zod";

/** What a person sees of themselves. */
export type OwnRecord = {
  organization: string;
  /** IANA name, in which times are told. */
  zone: string;
  phone: string | null;
  purposes: readonly { key: string; name: string }[];
  /**
   * What they agreed to and took back lately, and all that still stands, the latest first, in the words
   * that they were shown.
   */
  consents: readonly ConsentShown[];
  /** Those of them that they can still take back. */
  standing: ReadonlySet<string>;
  /** Who called them, the latest first, and why. */
  calls: readonly ExplainedCall[];
  refusals: readonly OwnOptOut[];
};

/** What is kept of a phone, for its person, who has typed the code that it was sent. */
export async function readOwnRecord(ctx: ServiceContext): Promise<OwnRecord> {
  allow(ctx, "own-record.read");

  const phoneId = actingPerson(ctx);
  return readAudited(ctx, "own-record.read", phoneId, async (ctx) => {
    const { db, organizationId } = ctx;
    const { name, zone } = await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
    });
    const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
    const standing = await listStandingConsents(ctx, phoneId);
    return {
      organization: name,
      zone,
      phone: phone?.e164 ?? null,
      purposes: await purposesOf(ctx),
      consents: await latestConsentsAnd(ctx, phoneId, standing),
      standing,
      calls: await explainCalls(ctx, phoneId),
      refusals: await loadOwnOptOuts(ctx, phoneId),
    };
  });
}

/** What was not taken back whole. */
async function listStandingConsents(ctx: TransactionContext, phoneId: PhoneId) {
  const events = await readEveryEvent(ctx, { phones: [phoneId] });
  const consents = [...Map.groupBy(events, ({ consentId }) => consentId)];
  return new Set(
    consents.flatMap(([id, said]) =>
      planWithdrawal(said, {}, ctx.now).outcome === "withdraw" ? id : [],
    ),
  );
}

/** `name` is that of the seller, or the key of the purpose; null for a refusal of neither. */
export type OwnOptOut = {
  reference: string;
  at: Date;
  scope: OptOutScope["scope"];
  name: string | null;
  /** Since when it counts no more, for it was entered for a wrong number. */
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

/** A call, as the person who was called may know it. */
type ExplainedCall = {
  id: string;
  at: Date;
  seller: string;
  purpose: string;
  outcome: string | null;
  /** What allowed it: since when the consent counted on which its screening rests. Null where none did. */
  consentSince: Date | null;
  /** Whether it was screened before it was placed. */
  isScreened: boolean;
};

const MAX_CALLS = 20;

const Checked = z.object({ consent: z.object({ since: z.coerce.date() }) });

/** The latest calls to a phone, and on what each of them rested. */
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
  const known = new Map(screenings.map(({ id, checked }) => [id, Checked.safeParse(checked).data]));
  return calls.map(({ id, at, seller, purpose, outcome, screeningId }) => ({
    id,
    at,
    seller: seller.name,
    purpose,
    outcome,
    consentSince: known.get(screeningId ?? "")?.consent.since ?? null,
    isScreened: screeningId !== null,
  }));
}

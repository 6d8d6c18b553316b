import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  query,
} from "../../platform/internal.ts";
import { may } from "@ringfence/core/platform/access";
import { type CallId, ScreeningId, type ViolationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { findEntry } from "../../proof/ledger/internal.ts";
import { type PastRules, findPastRules } from "../../people/jurisdiction/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import {
  type PastEdition,
  type PastScreening,
  loadPastEditions,
  listJudgedEditions,
  loadPastScreening,
} from "./past-screening.ts";

/** A past screening with what it rested on, and what became of it. */
export type ScreeningView = Omit<
  PastScreening,
  "actor" | "permitUntil" | "handOverId" | "permitId"
> & {
  /** Null if what was sent is no number, and once it was erased. */
  phone: Phone | null;
  isErased: boolean;
  seller: string;
  by: NamedActor | null;
  editions: readonly PastEdition[];
  rules: PastRules;
  permit: PermitTrail;
  /** Its index in the ledger; null before it is sequenced, and for actors who may not read proofs. */
  proof: { acceptedAt: Date; index: number | null } | null;
};

/** Reads a past screening as it was recorded. Audits who looks, in the phone's trail. */
export const readScreening = query({
  name: "readScreening",
  action: "screening.read",
  input: ScreeningId,
  run: async (ctx, screeningId): Promise<ScreeningView> => {
    const screening = await loadPastScreening(ctx, screeningId);
    const { actor, permitUntil: _, handOverId: __, permitId: ___, ...shown } = screening;
    const { phoneId, sellerId, checked, at } = screening;
    const phone = await findScreenedPhone(ctx, screening);
    const named = [...screening.refusals, ...screening.warnings].flatMap(({ rule }) => rule ?? []);
    return {
      ...shown,
      phone,
      isErased: phoneId !== null && phone === null,
      seller: (await loadSellers(ctx)).find(({ id }) => id === sellerId)?.name ?? "",
      by: (await loadActorNames(ctx, [actor]))(actor),
      editions: await loadPastEditions(ctx, listJudgedEditions(screening)),
      rules: await findPastRules(ctx, {
        hash: checked.rules,
        at,
        places: checked.jurisdictions,
        zones: checked.zones,
        named: new Set(named),
      }),
      permit: await loadPermitTrail(ctx, screening),
      proof: await findProof(ctx, screeningId),
    };
  },
  audit: toReadDetails,
});

/** The audit details of a look at a screening: the row stands in the trail of its phone. */
export const toReadDetails = ({ id: screeningId, phoneId }: Pick<PastScreening, "id" | "phoneId">) => ({
  ...(phoneId && { phoneId }),
  screeningId,
});

/** Finds the number of a screening; null if it has none, or no longer has one. */
export async function findScreenedPhone(
  { db, organizationId }: TransactionContext,
  { phoneId }: Pick<PastScreening, "phoneId">,
): Promise<Phone | null> {
  if (phoneId === null) return null;
  const row = await db.phone.findFirst({
    where: { organizationId, id: phoneId },
    select: { e164: true },
  });
  return Phone.nullable().parse(row?.e164 ?? null);
}

async function findProof(
  ctx: TransactionContext,
  id: ScreeningId,
): Promise<ScreeningView["proof"]> {
  const entry = may(ctx.actor, "proof.read") ? await findEntry(ctx, id) : null;
  return entry && { acceptedAt: entry.acceptedAt, index: entry.index };
}

/** The recorded events of a permit. */
export type PermitTrail = {
  /** When the permit of this screening ended; null if it issued none. */
  until: Date | null;
  /** True if a dialer was handed it with a campaign's calls. */
  isHandedOver: boolean;
  /** Screening that gave the permit, if this one verified it. */
  verifies: ScreeningId | null;
  /** Screenings that verified the permit, the first first. */
  verifications: readonly { id: ScreeningId; at: Date; verdict: "allow" | "refuse" }[];
  /** Recorded calls that name the screening, or came after it without naming any. */
  calls: readonly PlacedCall[];
};

export type PlacedCall = {
  id: CallId;
  at: Date;
  outcome: string | null;
  externalId: string | null;
  /** True if its log names the screening; otherwise it is the last one of its phone in the day before. */
  isNamed: boolean;
  /** Violation that was found; null if there is none, or if the viewer may not read violations. */
  violationId: ViolationId | null;
};

/** The most calls that are loaded. One permit has fewer, unless a log names it wrongly. */
const MOST = 20;

/** Loads who verified a permit, and which calls were recorded for it. */
async function loadPermitTrail(
  ctx: TransactionContext,
  screening: PastScreening,
): Promise<PermitTrail> {
  const { id, phoneId, permitUntil, handOverId, permitId } = screening;
  const verifications =
    permitUntil === null || phoneId === null ? [] : await loadVerifications(ctx, screening);
  return {
    until: permitUntil,
    isHandedOver: handOverId !== null,
    verifies: permitId,
    verifications,
    calls:
      phoneId === null
        ? []
        : await loadCalls(ctx, screening, [id, ...verifications.map((v) => v.id)]),
  };
}

/** A permit can be verified only while it holds, so the index on phone and instant finds the verifications. */
const loadVerifications = (
  { db, organizationId }: TransactionContext,
  { id, phoneId, at, permitUntil }: PastScreening,
) =>
  db.$queryRaw<{ id: ScreeningId; at: Date; verdict: "allow" | "refuse" }[]>`
    SELECT id, at, verdict::text FROM screening
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
      AND at BETWEEN ${at} AND ${permitUntil} AND permit_id = ${id}::uuid
    ORDER BY at, id LIMIT ${MOST}`;

/**
 * Loads the calls of a screening. A call belongs to the screening that its log names, otherwise to the last
 * one of its phone in the day before it. Two seconds are tolerated, because logs have whole seconds
 * (contract 15).
 */
async function loadCalls(
  { db, organizationId, actor }: TransactionContext,
  { id, phoneId, at }: PastScreening,
  ids: readonly ScreeningId[],
): Promise<PlacedCall[]> {
  const calls = await db.$queryRaw<PlacedCall[]>`
    SELECT call.id, call.at, call.outcome, call.external_id AS "externalId",
      call.screening_id IS NOT NULL AS "isNamed", violation.id AS "violationId"
    FROM call
    LEFT JOIN violation
      ON violation.organization_id = call.organization_id AND violation.call_id = call.id
    WHERE call.organization_id = ${organizationId}::uuid AND call.phone_id = ${phoneId}::uuid
      AND call.at >= ${at}::timestamptz - interval '2 seconds'
      AND (call.screening_id = ANY (${[...ids]}::uuid[])
        OR call.screening_id IS NULL AND call.at < ${at}::timestamptz + interval '1 day'
          AND (
            SELECT last.id FROM screening AS last
            WHERE last.organization_id = call.organization_id AND last.phone_id = call.phone_id
              AND last.at <= call.at + interval '2 seconds' AND last.at > call.at - interval '1 day'
            ORDER BY last.at DESC, last.id DESC LIMIT 1) = ${id}::uuid)
    ORDER BY call.at, call.id LIMIT ${MOST}`;
  return may(actor, "violation.read")
    ? calls
    : calls.map((call) => ({ ...call, violationId: null }));
}

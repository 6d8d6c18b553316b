import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { may } from "@ringfence/core/platform/access";
import { CallId, ScreeningId, ViolationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { findEntry } from "../../proof/ledger/internal.ts";
import { addOwnRules } from "@ringfence/core/calling/policy";
import { loadPastPolicies } from "../policy/internal.ts";
import { type PastRules, findPastRules } from "../../people/jurisdiction/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import {
  type PastEdition,
  type PastScreening,
  listJudgedEditions,
  loadPastEditions,
  loadPastScreening,
} from "./past-screening.ts";
import { sql } from "kysely";
import { z } from "zod";
import { CLOCK_SLACK_MS } from "@ringfence/core/calling/violation";

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
  /**
   * Null without an entry in the ledger, and for actors who may not read proofs. `index` is null before it is
   * sequenced.
   */
  proof: { acceptedAt: Date; index: number | null } | null;
};

/**
 * Reads a past screening as it was recorded, and what is known of its permit and calls now. Audits who looks, in the
 * phone's trail.
 */
export const readScreening = query({
  name: "readScreening",
  action: "screening.read",
  input: ScreeningId,
  run: async (ctx, screeningId): Promise<ScreeningView> => {
    const screening = await loadPastScreening(ctx, screeningId);
    const { actor, permitUntil: _, handOverId: __, permitId: ___, ...shown } = screening;
    const { phoneId, sellerId, checked, at } = screening;
    const phone = await findScreenedPhone(ctx, screening);
    const policies = await loadPastPolicies(ctx, { hashes: checked.policies, seller: sellerId });
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
        addRules: (book) => addOwnRules(book, policies),
      }),
      permit: await loadPermitTrail(ctx, screening),
      proof: await findProof(ctx, screeningId),
    };
  },
  audit: (screening) => toReadDetails(screening),
});

/** Returns the audit details of a look at a screening. The row appears in the trail of the screening's phone. */
export const toReadDetails = ({
  id: screeningId,
  phoneId,
}: Pick<PastScreening, "id" | "phoneId">) => ({
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
  verifications: readonly z.infer<typeof Verification>[];
  /**
   * Recorded calls that name the screening or a verification of its permit, or that name none and came within a day
   * after it, before another screening.
   */
  calls: readonly PlacedCall[];
};

const Verification = z.object({
  id: ScreeningId,
  at: z.date(),
  verdict: z.enum(["allow", "refuse"]),
});

const PlacedCall = z.object({
  id: CallId,
  at: z.date(),
  outcome: z.string().nullable(),
  externalId: z.string().nullable(),
  /**
   * True if its log names a screening; false if the screening is the last one of the phone in the day before the call.
   */
  isNamed: z.boolean(),
  /** Violation that was found; null if there is none, or if the viewer may not read violations. */
  violationId: ViolationId.nullable(),
});
export type PlacedCall = z.infer<typeof PlacedCall>;

/**
 * The most calls, and the most verifications, that are loaded: the first. One permit has fewer, unless a log names it
 * wrongly.
 */
const MAX_LOADED = 20;

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

/**
 * Loads the verifications of a permit. It can be verified only while it is valid, so the index on phone and time
 * finds them.
 */
const loadVerifications = (
  ctx: TransactionContext,
  { id, phoneId, at, permitUntil }: PastScreening,
) =>
  selectRows(
    ctx,
    Verification,
    sql`
    SELECT id, at, verdict::text FROM screening
    WHERE organization_id = ${ctx.organizationId}::uuid AND phone_id = ${phoneId}::uuid
      AND at BETWEEN ${at} AND ${permitUntil} AND permit_id = ${id}::uuid
    ORDER BY at, id LIMIT ${MAX_LOADED}`,
  );

/**
 * Loads the calls of a screening: those that name one of `ids` (the screening itself, or one that verified its permit),
 * and those that name none, if it is the last screening in the day before them.
 */
async function loadCalls(
  ctx: TransactionContext,
  { id, phoneId, at }: PastScreening,
  ids: readonly ScreeningId[],
): Promise<PlacedCall[]> {
  const { organizationId, actor } = ctx;
  const calls = await selectRows(
    ctx,
    PlacedCall,
    sql`
    SELECT call.id, call.at, call.outcome, call.external_id,
      call.screening_id IS NOT NULL AS is_named, violation.id AS violation_id
    FROM call JOIN ${screeningOfCall} ON true
    LEFT JOIN violation
      ON violation.organization_id = call.organization_id AND violation.call_id = call.id
    WHERE call.organization_id = ${organizationId}::uuid AND call.phone_id = ${phoneId}::uuid
      AND call.at >= ${at}::timestamptz - make_interval(secs => ${CLOCK_SLACK_MS / 1_000})
      AND (call.screening_id = ANY (${[...ids]}::uuid[])
        OR screening.id = ${id}::uuid AND call.at < ${at}::timestamptz + interval '1 day')
    ORDER BY call.at, call.id LIMIT ${MAX_LOADED}`,
  );
  return may(actor, "violation.read")
    ? calls
    : calls.map((call) => ({ ...call, violationId: null }));
}

/**
 * Joins `screening`, the screening of each `call`: the one that its log names, otherwise the last one of its
 * phone in the day before the call. Clocks may differ by some seconds (contract 15). A call without one has
 * no row.
 */
export const screeningOfCall = sql`LATERAL (
  SELECT * FROM screening
  WHERE organization_id = call.organization_id AND id = call.screening_id
  UNION ALL (
    SELECT * FROM screening
    WHERE organization_id = call.organization_id AND phone_id = call.phone_id
      AND call.screening_id IS NULL
      AND at <= call.at + make_interval(secs => ${CLOCK_SLACK_MS / 1_000})
      AND at > call.at - interval '1 day'
    ORDER BY at DESC, id DESC LIMIT 1)
) AS screening`;

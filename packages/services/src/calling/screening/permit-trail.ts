import { may } from "@ringfence/core/platform/access";
import type { CallId, ScreeningId, ViolationId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import type { KeptScreening } from "./kept-screening.ts";

/** The events of a permit that are on record. */
export type PermitTrail = {
  /** Until when the permit of this screening held; null where it gave none. */
  until: Date | null;
  /** True if a dialer was handed it with a campaign's calls. */
  isHandedOver: boolean;
  /** Screening that gave the permit, if this one verified it. */
  verifies: ScreeningId | null;
  /** Screenings that verified the permit, the first first. */
  verifications: readonly { id: ScreeningId; at: Date; verdict: "allow" | "refuse" }[];
  /** Calls on record that were placed by it, or after it without naming any. */
  calls: readonly CallPlaced[];
};

export type CallPlaced = {
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

/** Loads who verified a permit, and which calls are on record for it. */
export async function permitTrail(
  ctx: TransactionContext,
  screening: KeptScreening,
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
        : await callsBy(ctx, screening, [id, ...verifications.map((v) => v.id)]),
  };
}

/** Only while a permit holds it can be verified: the index on phone and instant finds them. */
const loadVerifications = (
  { db, organizationId }: TransactionContext,
  { id, phoneId, at, permitUntil }: KeptScreening,
) =>
  db.$queryRaw<{ id: ScreeningId; at: Date; verdict: "allow" | "refuse" }[]>`
    SELECT id, at, verdict::text FROM screening
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
      AND at BETWEEN ${at} AND ${permitUntil} AND permit_id = ${id}::uuid
    ORDER BY at, id LIMIT ${MOST}`;

/**
 * A call belongs to the screening that its log names, else to the last one of its phone in the day before it; two
 * seconds are let pass, for logs tell whole seconds (contract 15).
 */
async function callsBy(
  { db, organizationId, actor }: TransactionContext,
  { id, phoneId, at }: KeptScreening,
  ids: readonly ScreeningId[],
): Promise<CallPlaced[]> {
  const calls = await db.$queryRaw<CallPlaced[]>`
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

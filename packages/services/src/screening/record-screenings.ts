import type { Actor } from "@ringfence/core/access";
import type { OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { coalesce } from "../coalesce.ts";
import type { RootContext } from "../context.ts";
import type { AskedCall } from "./asked-call.ts";
import type { AnsweredFacts } from "./facts-row.ts";
import { patienceMs } from "./read-facts.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/** One live screening, as it goes on record. */
export type ScreeningOnRecord = {
  organizationId: OrganizationId;
  actor: Actor;
  call: AskedCall;
  answer: ScreeningAnswer;
  /** Null with a phone that we had not met: it is met now. */
  phoneId: PhoneId | null;
};

export const onRecord = (
  { organizationId, actor }: RootContext,
  call: AskedCall,
  { row }: AnsweredFacts,
  answer: ScreeningAnswer,
): ScreeningOnRecord => ({ organizationId, actor, call, answer, phoneId: row.phoneId });

const meetPhones = `
  INSERT INTO phone (organization_id, id, e164)
  SELECT organization_id, uuid7(), e164
  FROM (
    SELECT DISTINCT organization_id, e164 FROM unnest($1::uuid[], $2::text[]) met (organization_id, e164)
    ORDER BY organization_id, e164 -- always in one order, so that two never wait for each other
  ) met
  ON CONFLICT DO NOTHING`;

const insert = `
  INSERT INTO screening (organization_id, id, phone_id, seller_id, purpose, dialer, campaign, at,
    verdict, refusals, warnings, checked, permit_until, actor)
  SELECT made.organization_id, made.id, coalesce(made.phone_id, phone.id), seller_id, purpose, dialer,
    campaign, at, verdict, refusals, warnings, checked, permit_until, actor
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[],
    $8::text[], $9::timestamptz[], $10::"Verdict"[], $11::jsonb[], $12::jsonb[], $13::jsonb[],
    $14::timestamptz[], $15::jsonb[])
    AS made (organization_id, id, phone_id, e164, seller_id, purpose, dialer, campaign, at, verdict,
      refusals, warnings, checked, permit_until, actor)
  LEFT JOIN phone ON made.phone_id IS NULL
    AND phone.organization_id = made.organization_id AND phone.e164 = made.e164`;

/**
 * Puts screenings on record, all or none, by one commit: on the bare pool, as it is the hot write. One
 * that comes too late may be on record all the same, but nobody has heard its verdict.
 */
export async function recordScreenings(
  { pool }: Db,
  made: readonly ScreeningOnRecord[],
  timeoutMs = patienceMs,
) {
  if (made.length === 0) return;
  const patience = { query_timeout: timeoutMs };
  const unmet = made.filter(({ phoneId, answer }) => phoneId === null && answer.phone !== null);
  if (unmet.length > 0) {
    const values = [
      unmet.map((one) => one.organizationId),
      unmet.map(({ answer }) => answer.phone),
    ];
    await pool.query({ name: "screening.meet-phones", text: meetPhones, values, ...patience });
  }
  await pool.query({
    name: "screening.record",
    text: insert,
    values: columnsOf(made),
    ...patience,
  });
}

const columnsOf = (made: readonly ScreeningOnRecord[]) => [
  made.map(({ organizationId }) => organizationId),
  made.map(({ answer }) => answer.id),
  made.map(({ phoneId }) => phoneId),
  made.map(({ answer }) => answer.phone),
  made.map(({ call }) => call.seller.id),
  made.map(({ call }) => call.purpose.key),
  made.map(({ call }) => call.dialer),
  made.map(({ call }) => call.campaign),
  made.map(({ answer }) => answer.checked.at),
  made.map(({ answer }) => answer.verdict),
  made.map(({ answer }) => JSON.stringify(answer.refusals)),
  made.map(({ answer }) => JSON.stringify(answer.warnings)),
  made.map(({ answer }) => JSON.stringify(answer.checked)),
  made.map(({ answer }) => answer.expiresAt ?? null),
  made.map(({ actor }) => JSON.stringify(actorOnRecord(actor))),
];

const shared = new WeakMap<Db, (made: ScreeningOnRecord) => Promise<null>>();

/** The same for one, by group commit: while one commit is under way, those that come share the next. */
export function recordScreeningShared(db: Db, made: ScreeningOnRecord): Promise<null> {
  const known = shared.get(db);
  if (known) return known(made);
  const record = coalesce<ScreeningOnRecord, null>(
    async (group) => {
      await recordScreenings(db, group);
      return group.map(() => null);
    },
    { maxLoads: 1 },
  );
  shared.set(db, record);
  return record(made);
}

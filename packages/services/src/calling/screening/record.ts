import type { Actor } from "@ringfence/core/platform/access";
import type { OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { type Keys, type RootContext, coalesce, toStoredActor } from "../../platform/internal.ts";
import type { ResolvedCall } from "./resolve-call.ts";
import type { LoadedFacts } from "./facts-row.ts";
import { callsOfOne, factsTimeoutMs } from "./load-facts.ts";
import type { JudgedResult, ScreeningResult } from "./screening-result.ts";
import { signPermit } from "./permit.ts";
import { z } from "zod";

/** A live screening, as it is recorded. */
type ScreeningRecord = {
  organizationId: OrganizationId;
  actor: Actor;
  call: ResolvedCall;
  answer: ScreeningResult;
  /** Null for a new phone, which is saved with the screening. */
  phoneId: PhoneId | null;
  /**
   * For an allowed call under a cap: the screenings whose permits were counted. The screening is recorded only if no
   * others count by then. Null for all other screenings, which are always recorded.
   */
  seen: readonly string[] | null;
  /** The permit that it verified: the screening that gave it. */
  permitId?: string;
};

/**
 * Collects what is recorded of a live screening: the call, the answer, and for a capped one the permits that it saw.
 */
export const toScreeningRecord = (
  { organizationId, actor }: RootContext,
  call: ResolvedCall,
  { row }: LoadedFacts,
  { answer, isCapped }: JudgedResult,
): ScreeningRecord => ({
  organizationId,
  actor,
  call,
  answer,
  phoneId: row.phoneId,
  seen: isCapped ? (row.permits ?? []).map(({ id }) => id) : null,
});

// By hand instead of with `toTable`: the pool prepares these texts by name, and `pg` wants numbered parameters.

const insertPhones = `
  INSERT INTO phone (organization_id, id, e164)
  SELECT organization_id, uuid7(), e164
  FROM (
    SELECT DISTINCT organization_id, e164 FROM unnest($1::uuid[], $2::text[]) met (organization_id, e164)
    ORDER BY organization_id, e164 -- always in one order, so that two never wait for each other
  ) met
  ON CONFLICT DO NOTHING`;

// Looks the id up only for phones that were just inserted: a join would look up every one.
const insert = `
  INSERT INTO screening (organization_id, id, phone_id, seller_id, purpose, dialer, campaign, at,
    verdict, refusals, warnings, checked, permit_until, hand_over_id, permit_id, actor)
  SELECT organization_id, id,
    coalesce(phone_id, (
      SELECT phone.id FROM phone
      WHERE phone.organization_id = made.organization_id AND phone.e164 = made.e164)),
    seller_id, purpose, dialer, campaign, at, verdict, refusals, warnings, checked, permit_until,
    hand_over_id, permit_id, actor
  FROM json_to_recordset($1) AS made (organization_id uuid, id uuid, phone_id uuid, e164 text,
    seller_id uuid, purpose text, dialer text, campaign text, at timestamptz, verdict "Verdict",
    refusals jsonb, warnings jsonb, checked jsonb, permit_until timestamptz, hand_over_id uuid,
    permit_id uuid, actor jsonb)`;

const insertUnderCaps = "SELECT record_under_caps($1) AS id";
const RecordedRows = z.array(z.object({ id: z.uuid() }));

/**
 * Records screenings in up to three statements, each with a commit of its own: new phones, screenings without a cap,
 * and screenings under a cap. Uses the bare pool, because this is the hot write. If one fails or times out, some may be
 * recorded all the same, but their verdicts were returned to nobody. Allowed calls under a cap are recorded one by one
 * per person, and only if no permit counts that they have not seen. Returns the ids of those that were not recorded for
 * that reason, which must be screened again.
 */
async function recordScreenings(
  { pool }: Db,
  made: readonly ScreeningRecord[],
  timeoutMs = factsTimeoutMs,
): Promise<ReadonlySet<string>> {
  if (made.length === 0) return new Set();
  const limits = { query_timeout: timeoutMs };
  const withNewPhone = made.filter(
    ({ phoneId, answer }) => phoneId === null && answer.phone !== null,
  );
  if (withNewPhone.length > 0) {
    const values = [
      withNewPhone.map((one) => one.organizationId),
      withNewPhone.map(({ answer }) => answer.phone),
    ];
    await pool.query({ name: "screening.meet-phones", text: insertPhones, values, ...limits });
  }
  const free = made.filter(({ seen }) => seen === null);
  if (free.length > 0) {
    const values = [JSON.stringify(free.map(toRow))];
    await pool.query({ name: "screening.record", text: insert, values, ...limits });
  }
  const capped = made.filter(({ seen }) => seen !== null);
  if (capped.length === 0) return new Set();
  const values = [JSON.stringify(capped.map(toRow))];
  const { rows } = await pool.query({
    name: "screening.record-under-caps",
    text: insertUnderCaps,
    values,
    ...limits,
  });
  const kept = new Set(RecordedRows.parse(rows).map(({ id }) => id));
  return new Set(capped.flatMap(({ answer: { id } }) => (kept.has(id) ? [] : id)));
}

const toRow = ({
  organizationId,
  actor,
  call,
  answer,
  phoneId,
  seen,
  permitId,
}: ScreeningRecord) => ({
  organization_id: organizationId,
  id: answer.id,
  phone_id: phoneId,
  e164: answer.phone,
  seller_id: call.seller.id,
  purpose: call.purpose.key,
  dialer: call.dialer,
  campaign: call.campaign,
  at: answer.checked.at,
  verdict: answer.verdict,
  refusals: answer.refusals,
  warnings: answer.warnings,
  checked: answer.checked,
  permit_until: answer.expiresAt,
  hand_over_id: call.handOverId,
  permit_id: permitId,
  actor: toStoredActor(actor),
  seen,
});

const shared = new WeakMap<Db, (made: ScreeningRecord) => Promise<boolean>>();

/**
 * Records one screening by group commit: those that arrive while others are recorded share the next turn. Returns
 * whether it was recorded. False: another permit for the person has come to count, so the call must be screened again.
 * Throws if recording fails.
 */
export function recordScreeningShared(db: Db, made: ScreeningRecord): Promise<boolean> {
  const known = shared.get(db);
  if (known) return known(made);
  const record = coalesce<ScreeningRecord, boolean>(
    async (group) => {
      const rejected = await recordScreenings(db, group);
      return group.map(({ answer: { id } }) => !rejected.has(id));
    },
    { maxLoads: 1, share: { by: ({ organizationId }) => organizationId, most: callsOfOne } },
  );
  shared.set(db, record);
  return record(made);
}

/**
 * Result for one call of a batch, by its index. `record` is null for a call that could not be resolved, such as one
 * with an unknown purpose: it is not recorded.
 */
export type ScreenedCall = {
  index: number;
  answer: ScreeningResult;
  record: ScreeningRecord | null;
};

/**
 * Maximum number of attempts. Of calls that compete for permits under a cap, each turn grants at least one, and no cap
 * allows more calls than this.
 */
export const MAX_ATTEMPTS = 100;

/**
 * Records results before anyone sees them, and adds permits. Returns them in the order of `judged`. If another permit
 * for the same person was issued in the meantime, perhaps by this very batch, the call is screened again by
 * `rescreen`, which returns new results with the same indexes. Throws after `MAX_ATTEMPTS`.
 */
export async function recordAll(
  { db, keys }: RootContext,
  judged: readonly ScreenedCall[],
  rescreen: (some: readonly ScreenedCall[]) => Promise<ScreenedCall[]>,
  timeoutMs: number,
): Promise<ScreeningResult[]> {
  const positions = new Map(judged.map(({ index }, position) => [index, position]));
  const answers = judged.map(({ answer }) => answer);
  let open = judged;
  for (let turn = 0; turn < MAX_ATTEMPTS; turn++) {
    const records = open.flatMap(({ record }) => record ?? []);
    const [results, rejected] = await Promise.all([
      Promise.all(
        open.map(async ({ answer, record }) => (record ? addPermit(keys, record) : answer)),
      ),
      recordScreenings(db, records, timeoutMs),
    ]);
    for (const [nth, { index }] of open.entries()) {
      const [position, answer] = [positions.get(index), results[nth]];
      if (position !== undefined && answer !== undefined) answers[position] = answer;
    }
    if (rejected.size === 0) return answers;
    open = await rescreen(open.filter(({ answer }) => rejected.has(answer.id)));
  }
  throw new Error("permits for one person were issued faster than they could be counted");
}

/** Adds the permit to a result that allows the call; returns any other as it is. */
export async function addPermit(
  keys: Keys,
  { organizationId, call, answer }: ScreeningRecord,
): Promise<ScreeningResult> {
  const { id: screeningId, phone, expiresAt, checked } = answer;
  if (expiresAt === undefined || phone === null) return answer;
  const permit = await signPermit(keys, {
    organizationId,
    screeningId,
    phone,
    seller: call.seller.id,
    purpose: call.purpose.key,
    dialer: call.dialer,
    campaign: call.campaign,
    at: checked.at,
    lifeSeconds: call.lifeSeconds,
  });
  return { ...answer, permit };
}

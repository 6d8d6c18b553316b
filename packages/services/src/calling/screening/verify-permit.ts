import { type RootContext, ServiceError, allowSeller, command } from "../../platform/internal.ts";
import { VerifyPermit } from "@ringfence/core/calling/screening";
import { resolveNamedCall } from "./resolve-call.ts";
import { callWindowDays, factsTimeoutMs, loadFacts, resolveRequest } from "./load-facts.ts";
import type { FactsRow } from "./facts-row.ts";
import { type ScreeningResult, toScreeningResult } from "./screening-result.ts";
import { type PermitClaims, readPermit } from "./permit.ts";
import { recordScreeningShared, toScreeningRecord } from "./record.ts";
import type { Db } from "@ringfence/db";

/**
 * Screens the call of a permit again now (contract 8), so that an opt-out since then counts. Throws `invalid`
 * if the permit is not ours, has expired or is for another number, and `conflict` if it was already used up. If the
 * call is allowed, the permit is marked before the screening is recorded: if recording fails, a single-use permit stays
 * used up. A refusal uses no permit up.
 */
export const verifyPermit = command({
  name: "verifyPermit",
  action: "screening.run",
  input: VerifyPermit,
  transaction: "by run",
  run: async (ctx, { permit, phone, region, singleUse }): Promise<ScreeningResult> => {
    const claims = readPermit(ctx, permit);
    if (claims === null) throw new ServiceError("invalid", { key: "permit.not-ours" });
    const reading = await resolveRequest(ctx, { phone, region });
    if (!("phone" in reading) || reading.phone !== claims.sub) {
      throw new ServiceError("invalid", { key: "permit.other-number" });
    }
    const { campaign, jti: permitId } = claims;
    const facts = await loadFacts(ctx, reading, null, { campaign, permitId });
    const endsAt = new Date(claims.exp * 1_000);
    if (facts.row.now >= endsAt) {
      throw new ServiceError("invalid", { key: "permit.ended", values: { at: endsAt } });
    }
    const call = resolveNamedCall(claims, facts.settings);
    allowSeller(ctx, call.seller.id);

    const { expiresAt: _, ...answer } = toScreeningResult(reading, call, facts).answer;
    if (answer.verdict === "allow") await markVerified(ctx, claims, facts.row, singleUse);
    else await assertUnused(ctx, claims);
    // No permit is issued here, so none can exceed a cap.
    const judged = { answer, isCapped: false };
    await recordScreeningShared(ctx.db, {
      ...toScreeningRecord(ctx, call, facts, judged),
      permitId,
    });
    return answer;
  },
  // The screening is a record of its own.
  audit: "none",
});

/**
 * Marks a permit as verified, so that it counts as a call until one is recorded, and with `isUsedUp` as used up. Throws
 * `conflict` if it was used up before. Of two verifications at once, the second waits for the row of the first, so a
 * permit is used up once.
 */
async function markVerified(
  { db: { pool }, organizationId }: RootContext,
  { jti, exp }: PermitClaims,
  { phoneId, now, id }: FactsRow,
  isUsedUp: boolean,
) {
  const values = [organizationId, jti, phoneId, now, id, exp, isUsedUp];
  const query = { name: "permit.mark-verified", text: mark, values, query_timeout: factsTimeoutMs };
  const { rowCount } = await pool.query(query);
  if (rowCount === 0) throw new ServiceError("conflict", { key: "permit.used" });
}

const mark = `
  INSERT INTO verified_permit AS known (organization_id, screening_id, phone_id, verified_at,
    verification_id, expires_at, is_used_up)
  VALUES ($1, $2, $3, $4, $5, to_timestamp($6), $7)
  ON CONFLICT (organization_id, screening_id) DO UPDATE
    SET verified_at = excluded.verified_at, verification_id = excluded.verification_id,
      is_used_up = excluded.is_used_up, call_at = NULL
    WHERE NOT known.is_used_up`;

async function assertUnused({ db: { pool }, organizationId }: RootContext, { jti }: PermitClaims) {
  const values = [organizationId, jti];
  const query = { name: "permit.is-unused", text: isUnused, values, query_timeout: factsTimeoutMs };
  const { rowCount } = await pool.query(query);
  if (rowCount === 0) throw new ServiceError("conflict", { key: "permit.used" });
}

const isUnused = `
  SELECT WHERE NOT EXISTS (
    SELECT FROM verified_permit
    WHERE organization_id = $1 AND screening_id = $2 AND is_used_up)`;

/**
 * Deletes the marks of verified permits that expired more than an hour ago, once their call is on record or would no
 * longer count for any cap. Crosses organizations, which only the sweep may do. Returns the number deleted.
 */
export const forgetPermits = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM verified_permit
    WHERE expires_at <= now() - interval '1 hour'
      AND (call_at IS NOT NULL OR expires_at <= now() - make_interval(days => ${callWindowDays}))`;

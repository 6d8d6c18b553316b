import type { VerifyPermit } from "@ringfence/core/screening";
import { allow, allowSeller } from "../access/allow.ts";
import type { RootContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { askedCall } from "./asked-call.ts";
import { factsAbout, readAsked } from "./facts-about.ts";
import { judge } from "./judge.ts";
import { patienceMs } from "./read-facts.ts";
import { type PermitClaims, readPermit } from "./read-permit.ts";
import { onRecord, recordScreeningShared } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/**
 * Screens the call of a permit again, at this instant (contract 8): what was refused since counts. A
 * permit that is none, has ended, or is for another number is `invalid`; one that was used up is a
 * `conflict`, to all who bring it but the first.
 */
export async function verifyPermit(
  ctx: RootContext,
  { permit, phone, region, singleUse }: VerifyPermit,
): Promise<ScreeningAnswer> {
  allow(ctx, "screening.run");

  const claims = readPermit(ctx, permit);
  if (claims === null) throw new ServiceError("invalid", { key: "permit.not-ours" });
  const reading = await readAsked(ctx, { phone, region });
  if (!("phone" in reading) || reading.phone !== claims.sub) {
    throw new ServiceError("invalid", { key: "permit.other-number" });
  }
  const facts = await factsAbout(ctx, reading, null, claims.campaign);
  const endsAt = new Date(claims.exp * 1_000);
  if (facts.row.now >= endsAt) {
    throw new ServiceError("invalid", { key: "permit.ended", values: { at: endsAt } });
  }
  const call = askedCall(claims, facts.settings);
  allowSeller(ctx, call.seller.id);

  const { expiresAt: _, ...answer } = judge(reading, call, facts);
  await requireUnused(ctx, claims, singleUse && answer.verdict === "allow");
  await recordScreeningShared(ctx.db, onRecord(ctx, call, facts, answer));
  return answer;
}

/** The key of the row decides between two that come at once. A permit that was used up is of no use. */
async function requireUnused(
  { db: { pool }, organizationId }: RootContext,
  { jti, exp }: PermitClaims,
  isUse: boolean,
) {
  const use = { name: "permit.use", text: useUp, values: [organizationId, jti, exp] };
  const look = { name: "permit.is-unused", text: isUnused, values: [organizationId, jti] };
  const patience = { query_timeout: patienceMs };
  const { rowCount } = await pool.query({ ...(isUse ? use : look), ...patience });
  if (rowCount === 0) throw new ServiceError("conflict", { key: "permit.used" });
}

const useUp = `
  INSERT INTO used_permit (organization_id, screening_id, expires_at)
  VALUES ($1, $2, to_timestamp($3)) ON CONFLICT DO NOTHING`;
const isUnused = `
  SELECT WHERE NOT EXISTS (
    SELECT FROM used_permit WHERE organization_id = $1 AND screening_id = $2)`;

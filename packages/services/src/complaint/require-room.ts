import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { lockPhones } from "../phone/lock-phones.ts";

/** A flood of complaints about one phone hides those of others. */
const MOST_WAITING = 10;

/**
 * Refuses a complaint where too many of the same phone wait. What members take down takes no room from
 * what the person writes. Of two at once the second sees the first.
 */
export async function requireRoom(
  ctx: TransactionContext,
  phoneId: PhoneId,
  by: "person" | "member",
): Promise<void> {
  const { db, organizationId } = ctx;
  await lockPhones(ctx, [phoneId]);
  const [{ waiting }] = await db.$queryRaw<[{ waiting: number }]>`
    SELECT count(*)::int AS waiting FROM complaint
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
      AND settled_at IS NULL AND (recorded_by IS NULL) = ${by === "person"}`;
  if (waiting < MOST_WAITING) return;
  const key = by === "person" ? "complaint.too-many" : "complaint.too-many-filed";
  throw new ServiceError("conflict", { key });
}

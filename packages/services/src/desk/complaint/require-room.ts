import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";

/** Most complaints of one phone that wait, so that a flood about one does not hide those of others. */
const MOST_WAITING = 10;

/**
 * Refuses a complaint if too many of the same phone are waiting. Complaints that members file and those that
 * people write are counted apart. Locks the phone, so that two at once cannot both take the last place.
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

import type { ScreeningId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/internal.ts";
import { listJudgedEditions, parseScreening } from "./past-screening.ts";
import type { PastCall } from "./screen-again.ts";

type RecentScreenings = {
  /** Number of live screenings since the instant, without verifications of permits. */
  found: number;
  /** The newest of them, up to the limit, whose number is known, whether or not the call was allowed or placed. */
  calls: readonly (PastCall & { screeningId: ScreeningId })[];
  /** Number of the newest that no longer have a number, or never had a valid one. */
  unknown: number;
};

/**
 * Loads the screenings of all sellers since an instant (exclusive), newest first, with the data needed to screen each
 * call again.
 */
export async function loadRecentScreenings(
  { db, organizationId }: TransactionContext,
  { since, limit }: { since: Date; limit: number },
): Promise<RecentScreenings> {
  const where = { organizationId, at: { gt: since }, permitId: null };
  const found = await db.screening.count({ where });
  const rows = await db.screening.findMany({
    where,
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
  });
  const screenings = rows.map(parseScreening);
  const phoneIds = [...new Set(screenings.flatMap(({ phoneId }) => phoneId ?? []))];
  const phones = await db.phone.findMany({
    where: { organizationId, id: { in: phoneIds } },
    select: { id: true, e164: true },
  });
  const numbers = new Map(phones.map(({ id, e164 }) => [id, Phone.safeParse(e164).data]));
  const placed = await db.call.findMany({
    where: {
      organizationId,
      phoneId: { in: phoneIds },
      screeningId: { in: screenings.map(({ id }) => id) },
    },
    select: { screeningId: true, at: true },
  });
  const placedBy = Map.groupBy(placed, ({ screeningId }) => screeningId);
  const calls = screenings.flatMap((past) => {
    const phone = past.phoneId === null ? undefined : numbers.get(past.phoneId);
    if (phone === undefined) return [];
    const { id: screeningId, at, sellerId, purpose, dialer, campaign } = past;
    return {
      screeningId,
      phone,
      at,
      sellerId,
      purpose,
      dialer,
      campaign,
      permitId: screeningId,
      ownCalls: (placedBy.get(screeningId) ?? []).map(({ at }) => at.getTime()),
      editions: listJudgedEditions(past),
    };
  });
  return { found, calls, unknown: rows.length - calls.length };
}

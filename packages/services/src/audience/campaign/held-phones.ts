import { PhoneId } from "@ringfence/core/ids";
import { sql } from "kysely";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
  selectRows,
} from "../../platform/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";
import { permitSeconds } from "../../calling/screening/internal.ts";
import { z } from "zod";

/** People are held before they are screened, so slightly longer than their permits last. */
const SPARE_SECONDS = 30;

/**
 * True if a phone is held by another hand-over: until the permit of its person ends, or their call in that
 * campaign is recorded. A call on a phone that is held for two people does not show whom it reached.
 */
const isHeld = (handOverId: string, now: Date) => sql`
  held.hand_over_id <> ${handOverId}::uuid AND held.until > ${now}::timestamptz AND NOT EXISTS (
    SELECT FROM handed_phone AS theirs
    JOIN campaign_hand_over AS handed ON handed.organization_id = theirs.organization_id
      AND handed.id = theirs.hand_over_id
    JOIN campaign ON campaign.organization_id = handed.organization_id
      AND campaign.id = handed.campaign_id
    JOIN call ON call.organization_id = theirs.organization_id
      AND call.phone_id = theirs.phone_id AND call.campaign = campaign.key
      AND call.seller_id = campaign.seller_id AND call.at >= theirs.at
    WHERE theirs.organization_id = held.organization_id
      AND theirs.hand_over_id = held.hand_over_id
      AND theirs.contact_ordinal = held.contact_ordinal
      AND NOT EXISTS (
        SELECT FROM handed_phone AS other
        WHERE other.organization_id = theirs.organization_id AND other.phone_id = theirs.phone_id
          AND other.contact_ordinal <> theirs.contact_ordinal
          AND other.hand_over_id = theirs.hand_over_id AND other.until > theirs.at))`;

/** Leaves out people with a phone that another hand-over of any campaign holds. */
export async function findUnheld(
  ctx: TransactionContext,
  handOverId: string,
  ordinals: readonly number[],
): Promise<number[]> {
  const { organizationId, now } = ctx;
  const rows = await selectRows(
    ctx,
    z.object({ o: z.int() }),
    sql`
    SELECT DISTINCT owner.contact_ordinal AS o FROM contact_phone AS owner
    JOIN handed_phone AS held ON held.organization_id = owner.organization_id
      AND held.phone_id = owner.phone_id
    WHERE owner.organization_id = ${organizationId}::uuid
      AND owner.contact_ordinal = ANY (${[...ordinals]}::int[])
      AND ${isHeld(handOverId, now)}`,
  );
  const held = new Set(rows.map(({ o }) => o));
  return ordinals.filter((ordinal) => !held.has(ordinal));
}

/** People held for a page, and since when. `before` lists those whom this hand-over held already. */
export type HeldPeople = { ordinals: number[]; before: number[]; at: Date };

/**
 * Holds people with all their phones until slightly after their permits would end, except those another hand-over holds
 * by now. Phone locks decide between concurrent requests: the second one looks after the first has written.
 */
export async function holdPeople(
  ctx: TransactionContext,
  handOverId: string,
  pagePeople: readonly number[],
): Promise<HeldPeople> {
  const { db, organizationId, now } = ctx;
  await lockTheirPhones(ctx, pagePeople);
  const ordinals = await findUnheld(ctx, handOverId, pagePeople);
  const alreadyHeld = await db.handedPhone.findMany({
    where: { organizationId, handOverId, contactOrdinal: { in: [...ordinals] } },
    select: { contactOrdinal: true },
    distinct: ["contactOrdinal"],
  });
  const until = new Date(now.getTime() + (permitSeconds.handedOver + SPARE_SECONDS) * 1_000);
  // Always later than before, even within a millisecond, so that `confirmHolds` knows which holds it may
  // release.
  await sql`
    INSERT INTO handed_phone AS held
      (organization_id, phone_id, contact_ordinal, hand_over_id, at, until)
    SELECT organization_id, phone_id, contact_ordinal, ${handOverId}::uuid,
      ${now}::timestamptz, ${until}::timestamptz
    FROM contact_phone
    WHERE organization_id = ${organizationId}::uuid
      AND contact_ordinal = ANY (${[...ordinals]}::int[])
    ON CONFLICT (organization_id, phone_id, contact_ordinal) DO UPDATE SET
      hand_over_id = excluded.hand_over_id, until = excluded.until,
      at = greatest(excluded.at, held.at + interval '1 millisecond')`.execute(db.$kysely);
  return { ordinals, before: alreadyHeld.map(({ contactOrdinal }) => contactOrdinal), at: now };
}

async function lockTheirPhones(ctx: TransactionContext, ordinals: readonly number[]) {
  const { db, organizationId } = ctx;
  const owned = await db.contactPhone.findMany({
    where: { organizationId, contactOrdinal: { in: [...ordinals] } },
    select: { phoneId: true },
  });
  await lockPhones(
    ctx,
    owned.map(({ phoneId }) => PhoneId.parse(phoneId)),
  );
}

/**
 * Lets the hold on people who got a permit end with the permit, and releases everyone else on the page whom this
 * hand-over did not hold before. If the page was requested again meanwhile, the longer hold wins.
 */
export const confirmHolds = (
  ctx: RootContext,
  handOverId: string,
  {
    pagePeople,
    before,
    at,
    given,
    until,
  }: {
    pagePeople: readonly number[];
    before: readonly number[];
    at: Date;
    given: readonly number[];
    until: Date | null;
  },
): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await lockTheirPhones(ctx, pagePeople);
    const kept = new Set([...given, ...before]);
    const others = pagePeople.filter((ordinal) => !kept.has(ordinal));
    await db.handedPhone.deleteMany({
      where: { organizationId, handOverId, at, contactOrdinal: { in: others } },
    });
    if (until === null) return;
    await db.$executeRaw`
      UPDATE handed_phone SET until = CASE WHEN at = ${at}::timestamptz THEN ${until}::timestamptz
        ELSE greatest(until, ${until}::timestamptz) END
      WHERE organization_id = ${organizationId}::uuid AND hand_over_id = ${handOverId}::uuid
        AND contact_ordinal = ANY (${[...given]}::int[])`;
  });

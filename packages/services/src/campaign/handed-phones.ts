import { sql } from "kysely";
import type { RootContext, TransactionContext } from "../context.ts";
import { permitSeconds } from "../screening/permit.ts";

/** People are held before they are screened: so much longer than their permits will hold. */
const SPARE_SECONDS = 30;

/**
 * Whether a phone is somebody else's to call: until the permit of its person ends, or a call to them in
 * that campaign is on record.
 */
const isHeld = (handOverId: string, now: Date) => sql`
  held.hand_over_id <> ${handOverId}::uuid AND held.until > ${now}::timestamptz AND NOT EXISTS (
    SELECT FROM handed_phone AS theirs
    JOIN campaign_hand_over AS handed ON handed.organization_id = theirs.organization_id
      AND handed.id = theirs.hand_over_id
    JOIN campaign ON campaign.organization_id = handed.organization_id
      AND campaign.id = handed.campaign_id
    JOIN call ON call.organization_id = theirs.organization_id
      AND call.phone_id = theirs.phone_id AND call.campaign = campaign.key AND call.at >= theirs.at
    WHERE theirs.organization_id = held.organization_id
      AND theirs.hand_over_id = held.hand_over_id
      AND theirs.contact_ordinal = held.contact_ordinal)`;

/** Of some people, those of whom no phone is held by another hand-over, of whichever campaign. */
export async function notHeldElsewhere(
  { db, organizationId, now }: TransactionContext,
  handOverId: string,
  ordinals: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ o: number }>`
    SELECT DISTINCT owner.contact_ordinal AS o FROM contact_phone AS owner
    JOIN handed_phone AS held ON held.organization_id = owner.organization_id
      AND held.phone_id = owner.phone_id
    WHERE owner.organization_id = ${organizationId}::uuid
      AND owner.contact_ordinal = ANY (${[...ordinals]}::int[])
      AND ${isHeld(handOverId, now)}`.execute(db.$kysely);
  const held = new Set(rows.map(({ o }) => o));
  return ordinals.filter((ordinal) => !held.has(ordinal));
}

/** Who is held by a hand-over for a page; `before`: who of them was handed over by it already. */
export type Held = { ordinals: number[]; before: number[] };

/**
 * Holds people with all their phones, or leaves out whom another holds by now. Of two that ask at once the
 * row decides, and their order keeps them from waiting for each other in a circle.
 */
export async function holdPeople(
  { db, organizationId, now }: TransactionContext,
  handOverId: string,
  ordinals: readonly number[],
): Promise<Held> {
  const known = await db.handedPhone.findMany({
    where: { organizationId, handOverId, contactOrdinal: { in: [...ordinals] } },
    select: { contactOrdinal: true },
  });
  const until = new Date(now.getTime() + (permitSeconds.handedOver + SPARE_SECONDS) * 1_000);
  const { rows } = await sql<{ o: number }>`
    WITH taken AS (
      INSERT INTO handed_phone AS held
        (organization_id, phone_id, contact_ordinal, hand_over_id, at, until)
      SELECT organization_id, phone_id, min(contact_ordinal), ${handOverId}::uuid,
        ${now}::timestamptz, ${until}::timestamptz
      FROM contact_phone
      WHERE organization_id = ${organizationId}::uuid
        AND contact_ordinal = ANY (${[...ordinals]}::int[])
      GROUP BY organization_id, phone_id ORDER BY phone_id
      ON CONFLICT (organization_id, phone_id) DO UPDATE SET
        contact_ordinal = excluded.contact_ordinal, hand_over_id = excluded.hand_over_id,
        at = excluded.at, until = excluded.until
      WHERE NOT (${isHeld(handOverId, now)})
      RETURNING phone_id
    )
    SELECT DISTINCT contact_ordinal AS o FROM contact_phone
    WHERE organization_id = ${organizationId}::uuid
      AND contact_ordinal = ANY (${[...ordinals]}::int[])
      AND phone_id NOT IN (SELECT phone_id FROM taken)`.execute(db.$kysely);
  const lost = new Set(rows.map(({ o }) => o));
  return {
    ordinals: ordinals.filter((ordinal) => !lost.has(ordinal)),
    before: known.map(({ contactOrdinal }) => contactOrdinal),
  };
}

/** Holds whom a page gave leave for until that ends, and lets go all others whom it did not give before. */
export const keepGiven = async (
  { db: { prisma: db }, organizationId }: RootContext,
  handOverId: string,
  {
    looked,
    before,
    given,
    until,
  }: {
    looked: readonly number[];
    before: readonly number[];
    given: readonly number[];
    until: Date | null;
  },
) => {
  const where = { organizationId, handOverId };
  const kept = new Set([...given, ...before]);
  const others = looked.filter((ordinal) => !kept.has(ordinal));
  await db.handedPhone.deleteMany({ where: { ...where, contactOrdinal: { in: others } } });
  if (until === null) return;
  await db.handedPhone.updateMany({
    where: { ...where, contactOrdinal: { in: [...given] } },
    data: { until },
  });
};

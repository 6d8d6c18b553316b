import type { TransactionContext } from "../../platform/context.ts";
import type { Chosen } from "./choose-offers.ts";

/** Keeps with what people were handed over: which offer they are made, and whether to measure the threshold. */
export async function keepPeople(
  { db, organizationId, now }: TransactionContext,
  campaignId: string,
  people: readonly (Pick<Chosen, "offer" | "isBelow"> & { ordinal: number })[],
) {
  await db.$executeRaw`
    INSERT INTO campaign_person
      (organization_id, campaign_id, contact_ordinal, offer_id, offer_version, is_below, at)
    SELECT ${organizationId}::uuid, ${campaignId}::uuid, person.*, ${now}::timestamptz
    FROM unnest(
      ${people.map(({ ordinal }) => ordinal)}::int[],
      ${people.map(({ offer }) => offer.id)}::uuid[],
      ${people.map(({ offer }) => offer.version)}::int[],
      ${people.map(({ isBelow }) => isBelow)}::boolean[]) AS person
    ON CONFLICT (organization_id, campaign_id, contact_ordinal) DO UPDATE SET
      offer_id = excluded.offer_id, offer_version = excluded.offer_version,
      is_below = excluded.is_below, at = excluded.at`;
}

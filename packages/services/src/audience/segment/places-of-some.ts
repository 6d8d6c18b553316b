import type { Phone } from "@ringfence/core/people/phone";
import { screen } from "@ringfence/core/calling/screening";
import { further, type Place, placeOf, type SegmentCall } from "@ringfence/core/audience/segment";
import type { RootContext } from "../../platform/context.ts";
import { phoneKeyBy } from "../../platform/keys/phone-key.ts";
import { mapInTurns } from "../../platform/map-in-turns.ts";
import { askedCall } from "../../calling/screening/asked-call.ts";
import { factsOf } from "../../calling/screening/facts-of.ts";
import { readFacts } from "../../calling/screening/read-facts.ts";
import { usualCall } from "../../calling/screening/usual-call.ts";
import type { ScreenedPeople } from "./screened-people.ts";

const TIMEOUT_MS = 30_000;

/** Screens people one by one, by one statement for all of them: for some thousands at most. */
export const placesOfSome = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const { keys, organizationId, actor } = ctx;
  const phones = await phonesOf(ctx, ordinals);
  const nothing = { organizationId, phone: null, phoneKey: null, at: null };
  const [home] = await readFacts(ctx, [nothing]);
  if (home === undefined) throw new Error("no answer about the organization");
  const { settings } = home;
  const call = askedCall(usualCall(actor, settings, named), settings);

  const { keyGeneration: generation } = home;
  const secret = settings.hasErasedPhones
    ? await keys.phoneSecret(organizationId, generation)
    : null;
  const keyOf = (phone: Phone) => secret && { bytes: phoneKeyBy(secret, phone), generation };
  const asks = phones.map(({ phone }) => ({ ...nothing, phone, phoneKey: keyOf(phone) }));
  const facts = asks.length > 0 ? await readFacts(ctx, asks, TIMEOUT_MS) : [];

  const placeByOrdinal = new Map<number, Place>();
  await mapInTurns(facts, ({ row }, index) => {
    const asked = phones[index];
    if (asked === undefined) throw new Error("more answers than asks");
    const place = placeOf(screen(factsOf(asked.phone, call, row, settings)));
    const known = placeByOrdinal.get(asked.ordinal) ?? place;
    placeByOrdinal.set(asked.ordinal, further(known, place));
  });
  return {
    at: facts[0]?.row.now ?? home.row.now,
    call,
    places: ordinals.map((ordinal) => placeByOrdinal.get(ordinal) ?? "number"),
  };
};

async function phonesOf({ db, organizationId }: RootContext, ordinals: readonly number[]) {
  const { rows } = await db.pool.query<{ ordinal: number; phone: Phone }>(
    `SELECT contact_ordinal AS ordinal, e164 AS phone FROM contact
     JOIN contact_phone ON contact_phone.organization_id = contact.organization_id
       AND contact_id = contact.id
     JOIN phone ON phone.organization_id = contact.organization_id AND phone.id = phone_id
     WHERE contact.organization_id = $1 AND ordinal = ANY ($2) AND e164 IS NOT NULL`,
    [organizationId, ordinals],
  );
  return rows;
}

import type { PhoneId } from "@ringfence/core/ids";
import { findWhereabouts, listWithParents } from "@ringfence/core/people/jurisdiction";
import { Phone, lookUpPlan, toDigits } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { findPerson } from "../../people/phone/internal.ts";

/**
 * The person's phones, this one first, and the jurisdictions (with all that they lie in) and zones where they may be.
 */
type Located = {
  phoneIds: readonly PhoneId[];
  places: readonly string[];
  zones: readonly string[];
};

/** Finds where a person may be: by this number, and by the addresses and zones of everybody who has it. */
export async function locatePerson(ctx: TransactionContext, phoneId: PhoneId): Promise<Located> {
  const { db, organizationId } = ctx;
  const { e164 } = await db.phone.findFirstOrThrow({ where: { organizationId, id: phoneId } });
  const { contacts, otherPhones } = await findPerson(ctx, phoneId);
  const { book } = await loadLaw(ctx);
  const homes = contacts.map(({ zone, addressRegion }) => ({ zone, region: addressRegion }));
  const plan = lookUpPlan(e164 === null ? 0 : toDigits(Phone.parse(e164)));
  const { jurisdictions, zones } = findWhereabouts(book, plan, homes);
  return {
    phoneIds: [phoneId, ...otherPhones.map(({ id }) => id)],
    places: listWithParents(book, jurisdictions),
    zones,
  };
}

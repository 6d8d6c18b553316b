import type { OrganizationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import type { Db } from "@ringfence/db";
import type { Keys } from "@ringfence/services/platform/keys";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";
import {
  aPhone,
  areaWithoutPlace,
  aSeller,
  aZoneAtNoon,
  placeWithoutClock,
  writtenConsent,
} from "@ringfence/db/testing";

/** The phone of a person who agreed in writing to calls of `acme`, and may be called now. */
export async function aCallablePhone(db: Db, keys: Keys, organizationId: OrganizationId) {
  const e164 = Phone.parse(`+1${areaWithoutPlace}5550100`);
  const phoneId = await aPhone(db, organizationId, { e164, addressRegion: placeWithoutClock });
  await db.prisma.contact.updateMany({ where: { organizationId }, data: { zone: aZoneAtNoon() } });
  const at = new Date("2026-01-05T10:00:00Z");
  await db.prisma.consentEvent.create({
    data: {
      organizationId,
      consentId: phoneId,
      phoneId,
      sellerId: await aSeller(db, organizationId),
      type: "granted",
      ...writtenConsent(at),
    },
  });
  await authenticateRows({ db, keys }, organizationId);
  return e164;
}

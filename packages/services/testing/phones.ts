import type { ConsentEventType } from "@ringfence/core/consents/consent";
import { PhoneId, type SellerId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import {
  areaWithoutPlace,
  aSeller,
  aZoneAtNoon,
  placeWithoutClock,
  writtenConsent,
} from "@ringfence/db/testing";
import type { RootContext } from "../src/platform/context.ts";
import { authenticateRows } from "./authenticate-rows.ts";
import { db, keys } from "./scenes.ts";

/** Two instants before every screening of a test. */
export const longAgo = new Date("2026-01-05T10:00:00Z");
export const aDayLater = new Date("2026-01-06T10:00:00Z");

let serial = 0;

/** Returns one of a hundred US numbers in turn, which belong to no state and are reserved for fiction. */
export const aFederalNumber = () =>
  Phone.parse(`+1${areaWithoutPlace}555${String(100 + (serial++ % 100)).padStart(4, "0")}`);

/** Creates a phone about which nothing is known except that it is noon there, whenever the test runs. */
export async function aPhoneAtNoon(
  { organizationId }: RootContext,
  { phone = aFederalNumber(), region = placeWithoutClock }: { phone?: Phone; region?: string } = {},
) {
  const { id } = await db.prisma.phone.create({ data: { organizationId, e164: phone } });
  const phoneId = PhoneId.parse(id);
  const contact = await db.prisma.contact.create({
    data: {
      organizationId,
      name: "Ada",
      zone: aZoneAtNoon(),
      addressRegion: region,
      createdAt: longAgo,
      updatedAt: longAgo,
      phones: { create: { phoneId } },
    },
  });
  return { phone, phoneId, contactId: contact.id };
}

/** Creates the phone of a person who agreed in writing to calls of `acme`, and may be called now. */
export async function aCallablePhone(
  ctx: RootContext,
  where: { phone?: Phone; region?: string } = {},
) {
  const known = await aPhoneAtNoon(ctx, where);
  const sellerId = await aSeller(db, ctx.organizationId);
  await sayOfCalls(ctx, { phoneId: known.phoneId, sellerId }, "granted", longAgo);
  return { ...known, sellerId };
}

/** Records a written consent event of a person about live marketing calls of a seller. */
export async function sayOfCalls(
  { organizationId }: RootContext,
  { phoneId, sellerId }: { phoneId: PhoneId; sellerId: SellerId },
  type: ConsentEventType,
  at: Date,
  more: {
    isProven?: boolean;
    recordedAt?: Date;
    validUntil?: Date;
    elements?: string[];
  } = {},
) {
  await db.prisma.consentEvent.create({
    data: {
      organizationId,
      consentId: phoneId,
      phoneId,
      sellerId,
      type,
      ...writtenConsent(at),
      ...more,
    },
  });
  await authenticateRows({ db, keys }, organizationId);
}

/** Returns the id of a phone of the organization. */
export async function findPhoneId({ db, organizationId }: RootContext, phone: string) {
  const { id } = await db.prisma.phone.findFirstOrThrow({
    where: { organizationId, e164: phone },
  });
  return PhoneId.parse(id);
}

/** Creates another phone of a contact. */
export async function addAnotherPhone({ organizationId }: RootContext, contactId: string) {
  const e164 = aFederalNumber();
  const { id } = await db.prisma.phone.create({ data: { organizationId, e164 } });
  await db.prisma.contactPhone.create({ data: { organizationId, contactId, phoneId: id } });
  return { phone: e164, phoneId: PhoneId.parse(id) };
}

/** Erases a number as an erasure does: only its key stays. */
export async function erase({ organizationId }: RootContext, phone: Phone) {
  await db.prisma.phone.update({
    where: { organizationId_e164: { organizationId, e164: phone } },
    data: { e164: null, phoneKey: keys.phoneKey(organizationId, phone) },
  });
}

/** Records an opt-out of all calls at one instant. */
export async function refuseCalls(
  { organizationId }: RootContext,
  phoneId: PhoneId,
  at: Date = aDayLater,
) {
  const reference = `${phoneId}-${serial++}`;
  const said = { scope: "all", channel: "api", at, recordedAt: at } as const;
  await db.prisma.optOut.create({
    data: { organizationId, phoneId, ...said, reference, actor: {} },
  });
}

/** Records that the person of a phone refuses profiling. */
export async function refuseProfiling({ organizationId }: RootContext, phoneId: PhoneId) {
  const reference = `${phoneId}-${serial++}`;
  const said = {
    scope: "profiling",
    channel: "web",
    at: aDayLater,
    recordedAt: aDayLater,
  } as const;
  await db.prisma.optOut.create({
    data: { organizationId, phoneId, ...said, reference, actor: {} },
  });
}

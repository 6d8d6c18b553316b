import { randomUUID } from "node:crypto";
import type { ConsentEventType } from "@ringfence/core/consent";
import type { SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import type { Prisma } from "@ringfence/db/testing";
import type { RootContext } from "../src/context.ts";
import type { Random } from "./random.ts";
import { db, keys } from "./scenes.ts";

const day = 86_400_000;
const hour = 3_600_000;
const regions = ["US-TX", "US-FL", "US-CT", "US-NJ", "RU-SVE", "DE-BE", "AU-NSW", "ES", "JM", "FR"];
const elements = ["seller_identity", "purpose", "signature", "data_types", "right_to_withdraw"];

type Rows = {
  phones: Prisma.PhoneCreateManyInput[];
  contacts: Prisma.ContactCreateManyInput[];
  contactPhones: Prisma.ContactPhoneCreateManyInput[];
  consents: Prisma.ConsentEventCreateManyInput[];
  optOuts: Prisma.OptOutCreateManyInput[];
  suppressions: Prisma.SuppressionCreateManyInput[];
  calls: Prisma.CallCreateManyInput[];
};

/** What is made for each phone: facts near and far from `at`, and after it only where `isPast`. */
type About = { ctx: RootContext; at: Date; isPast: boolean; sellers: readonly SellerId[] };

/**
 * Gives phones facts of every kind. One in ten was erased and is known by its key alone, as many were
 * erased and are known again.
 */
export async function addRandomFacts(about: About, phones: readonly Phone[], random: Random) {
  const rows: Rows = {
    phones: [],
    contacts: [],
    contactPhones: [],
    consents: [],
    optOuts: [],
    suppressions: [],
    calls: [],
  };
  const { organizationId } = about.ctx;
  for (const phone of phones) {
    const kind = random.below(10);
    if (kind !== 0) addOne({ e164: phone });
    if (kind <= 1) addOne({ phoneKey: keys.phoneKey(organizationId, phone) });
  }
  const { prisma } = db;
  await prisma.phone.createMany({ data: rows.phones });
  await prisma.contact.createMany({ data: rows.contacts });
  await prisma.contactPhone.createMany({ data: rows.contactPhones, skipDuplicates: true });
  await prisma.consentEvent.createMany({ data: rows.consents, skipDuplicates: true });
  await prisma.optOut.createMany({ data: rows.optOuts });
  await prisma.suppression.createMany({ data: rows.suppressions, skipDuplicates: true });
  await prisma.call.createMany({ data: rows.calls });

  function addOne(number: { e164: Phone } | { phoneKey: Uint8Array<ArrayBuffer> }) {
    const id = randomUUID();
    const lineType = random.chance(0.05) ? random.oneOf(["wireless", "landline"]) : null;
    rows.phones.push({ organizationId, id, lineType, ...number });
    if (random.chance(0.6)) return addOneThing(rows, about, id, random);
    if (random.chance(0.4)) addContact(rows, about, id, random);
    addConsents(rows, about, id, random);
    if (random.chance(0.2)) addRefusals(rows, about, id, random);
    if (random.chance(0.1)) addSuppression(rows, about, id, random);
    if (random.chance(0.4)) addCalls(rows, about, id, random);
  }
}

/** To a consent that most have, one thing more: so many phones differ in that alone. */
function addOneThing(rows: Rows, about: About, phoneId: string, random: Random) {
  const ends = { at: new Date(about.at.getTime() - 500 * day), validUntil: null };
  if (random.chance(0.7)) rows.consents.push({ ...aConsent(about, phoneId, random), ...ends });
  const add = random.oneOf([
    addConsents,
    addRefusals,
    addSuppression,
    addCalls,
    addCalls,
    addContact,
  ]);
  add(rows, about, phoneId, random);
}

function addContact(rows: Rows, { ctx, at }: About, phoneId: string, random: Random) {
  const { organizationId } = ctx;
  const { oneOf, chance } = random;
  if (chance(0.2) && rows.contacts.length > 0) {
    const { id: contactId = "" } = oneOf(rows.contacts.slice(-5));
    rows.contactPhones.push({ organizationId, contactId, phoneId });
    return;
  }
  const id = randomUUID();
  rows.contacts.push({
    organizationId,
    id,
    zone: chance(0.3) ? oneOf(["Asia/Tokyo", "America/Chicago", "Europe/Moscow"]) : null,
    addressRegion: chance(0.5) ? oneOf(regions) : null,
    calledParty: oneOf(["individual", "individual", "corporate"]),
    createdAt: at,
    updatedAt: at,
  });
  rows.contactPhones.push({ organizationId, contactId: id, phoneId });
}

/** Some way from `at`: about where periods of the law end, and days that mean nothing. */
function near({ at, isPast }: About, { below, oneOf }: Random) {
  const days = oneOf([
    -800,
    -731,
    -730,
    -92,
    -91,
    -90,
    -40,
    -31,
    -30,
    -15,
    -2,
    -1,
    isPast ? 1 : -3,
  ]);
  return new Date(at.getTime() + days * day - below(3) * hour);
}

function anEnd({ at }: About, { chance, oneOf }: Random) {
  const days = oneOf([-100, -1, 0, 0.3, 3, 20, 60, 100, 400]);
  return chance(0.4) ? new Date(at.getTime() + days * day) : null;
}

/** Written and plain, to `acme` about all marketing. */
const aConsent = (about: About, phoneId: string, random: Random) => ({
  organizationId: about.ctx.organizationId,
  consentId: randomUUID(),
  phoneId,
  type: "granted" as const,
  sellerId: about.sellers[0] ?? "",
  purposes: ["marketing"],
  channels: ["voice_live" as const, "voice_autodialed" as const, "voice_prerecorded" as const],
  elements,
  isWritten: true,
  isProven: false,
  at: near(about, random),
  validUntil: anEnd(about, random),
  source: "website_form",
  recordedAt: near(about, random),
  actor: {},
});

const types: readonly ConsentEventType[] = [
  "granted",
  "granted",
  "renewed",
  "requested",
  "refused",
  "withdrawn",
  "invalidated",
];

function addConsents(rows: Rows, about: About, phoneId: string, random: Random) {
  const { oneOf, chance, someOf } = random;
  const consentIds = [randomUUID(), randomUUID()];
  const count = chance(0.8) ? oneOf([1, 1, 1, 2, 3, 4]) : 0;
  for (let n = 0; n < count; n++) {
    const plain = { ...aConsent(about, phoneId, random), consentId: oneOf(consentIds) };
    rows.consents.push(
      chance(0.4)
        ? plain
        : {
            ...plain,
            type: oneOf(types),
            sellerId: oneOf([plain.sellerId, plain.sellerId, ...about.sellers]),
            purposes: someOf(["marketing", "marketing.loans", "survey"], 0.6),
            channels: someOf(plain.channels, 0.8),
            elements: someOf(elements, 0.8),
            isWritten: chance(0.7),
            isProven: chance(0.3),
          },
    );
  }
}

function addRefusals(rows: Rows, about: About, phoneId: string, random: Random) {
  const { oneOf } = random;
  for (let n = oneOf([1, 1, 2]); n > 0; n--) {
    const scope = oneOf(["all", "seller", "purpose", "profiling"] as const);
    rows.optOuts.push({
      organizationId: about.ctx.organizationId,
      phoneId,
      scope,
      sellerId: scope === "seller" ? oneOf(about.sellers) : null,
      purpose: scope === "purpose" ? oneOf(["marketing.loans", "survey"]) : null,
      channel: "api",
      at: near(about, random),
      recordedAt: near(about, random),
      reference: randomUUID(),
      actor: {},
    });
  }
}

function addSuppression(rows: Rows, about: About, phoneId: string, random: Random) {
  const { organizationId } = about.ctx;
  const [at, recordedAt] = [near(about, random), near(about, random)];
  const reason = random.oneOf(["complaint_under_review", "litigator"]);
  const until = anEnd(about, random);
  rows.suppressions.push({ organizationId, phoneId, reason, at, until, recordedAt, actor: {} });
}

/** About as many as caps allow, in the last hours or weeks: there are caps of a day, and of thirty. */
function addCalls(rows: Rows, { ctx, at, sellers }: About, phoneId: string, random: Random) {
  const { below, oneOf } = random;
  const span = oneOf([hour, 4 * hour, day, 3 * day]);
  for (let n = oneOf([1, 3, 3, 4, 4, 5, 7]); n > 0; n--) {
    const placed = new Date(at.getTime() - below(12) * span);
    rows.calls.push({
      organizationId: ctx.organizationId,
      phoneId,
      sellerId: oneOf(sellers),
      purpose: "marketing",
      at: placed,
      recordedAt: placed,
    });
  }
}

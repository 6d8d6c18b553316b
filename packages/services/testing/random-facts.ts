import { randomUUID } from "node:crypto";
import { Weekday } from "@ringfence/core/platform/time";
import type { Phone } from "@ringfence/core/people/phone";
import { createPreferenceMac } from "../src/proof/record/internal.ts";
import type { Random } from "./random.ts";
import { aConsent, addConsents, addQuarrel, addRefusals } from "./random-consents.ts";
import { type About, anEnd, day, hour, keepRows, near, noRows, type Rows } from "./random-rows.ts";
import { keys } from "./scenes.ts";

const regions = [
  "US-TX",
  "US-FL",
  "US-CT",
  "US-NJ",
  "US-NJ",
  "RU-SVE",
  "DE-BE",
  "AU-NSW",
  "ES",
  "JM",
  "FR",
  "US",
  "BR",
];

/**
 * Adds facts of every kind to phones. One phone in ten was erased and is known only by its key; as many
 * were erased and are known again.
 */
export async function addRandomFacts(about: About, phones: readonly Phone[], random: Random) {
  const rows = noRows();
  const { organizationId } = about.ctx;
  for (const phone of phones) {
    const kind = random.below(10);
    if (kind !== 0) addOne({ e164: phone });
    if (kind <= 1) addOne({ phoneKey: keys.phoneKey(organizationId, phone) });
  }
  await keepRows(about.ctx, rows);

  function addOne(number: { e164: Phone } | { phoneKey: Uint8Array<ArrayBuffer> }) {
    const id = randomUUID();
    const lineType = random.chance(0.2) ? random.oneOf(["wireless", "landline", "voip"]) : null;
    const lineTypeAt = lineType && random.chance(0.8) ? near(about, random) : null;
    rows.phones.push({ organizationId, id, lineType, lineTypeAt, ...number });
    if (random.chance(0.6)) return addOneThing(rows, about, id, random);
    if (random.chance(0.4)) addContact(rows, about, id, random);
    addConsents(rows, about, id, random);
    if (random.chance(0.2)) addRefusals(rows, about, id, random);
    if (random.chance(0.1)) addSuppression(rows, about, id, random);
    if (random.chance(0.2)) addPreferences(rows, about, id, random);
    if (random.chance(0.4)) addCalls(rows, about, id, random);
    if (random.chance(0.3)) addPermits(rows, about, id, random);
    if (random.chance(0.2)) addAnswers(rows, about, id, random);
  }
}

/** Adds the consent that most phones have and one more fact, so that many phones differ in that fact alone. */
function addOneThing(rows: Rows, about: About, phoneId: string, random: Random) {
  if (random.chance(0.3)) return addQuarrel(rows, about, phoneId, random);
  const inDays = (days: number) => new Date(about.at.getTime() + days * day);
  if (random.chance(0.7)) {
    const validUntil = random.oneOf([null, null, inDays(100), inDays(300)]);
    const plain = { ...aConsent(about, phoneId, random), at: inDays(-500), validUntil };
    rows.consents.push(plain);
  }
  const things = [
    addConsents,
    addRefusals,
    addSuppression,
    addPreferences,
    addCalls,
    addPermits,
    addContact,
    addAnswers,
  ];
  random.oneOf(things)(rows, about, phoneId, random);
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

function addSuppression(rows: Rows, about: About, phoneId: string, random: Random) {
  const { organizationId } = about.ctx;
  const [at, recordedAt] = [near(about, random), near(about, random)];
  const reason = random.oneOf(["complaint_under_review", "litigator", "restriction"]);
  const afterAll = new Date(about.at.getTime() + 200 * day);
  const until = random.chance(0.4) ? afterAll : anEnd(about, random);
  rows.suppressions.push({ organizationId, phoneId, reason, at, until, recordedAt, actor: {} });
}

/** One or two call preferences, one after the other. Half of them are unproven, so they do not end earlier ones. */
function addPreferences(rows: Rows, about: About, phoneId: string, random: Random) {
  const { organizationId } = about.ctx;
  const { oneOf, chance } = random;
  for (let n = oneOf([1, 1, 2, 3]); n > 0; n--) {
    const row = {
      id: randomUUID(),
      phoneId,
      days: oneOf([[...Weekday.options], ["MO", "WE", "FR"], ["SA", "SU"]]),
      opensAt: oneOf(["00:00", "10:00"]),
      closesAt: oneOf(["12:00", "18:00", "24:00"]),
      refusedDialers: oneOf([[], ["predictive"], ["prerecorded", "ai_voice"]]),
    };
    const at = near(about, random);
    const mac = createPreferenceMac(keys, organizationId, { ...row, at: at.getTime() });
    rows.preferences.push({ ...row, organizationId, at, actor: {}, mac: chance(0.5) ? mac : null });
  }
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

/**
 * Generates permits: recent ones that may or may not be used, and verified ones with or without a call since.
 */
function addPermits(rows: Rows, { ctx, at, sellers }: About, phoneId: string, random: Random) {
  const { organizationId } = ctx;
  const { below, oneOf } = random;
  const minute = hour / 60;
  for (let n = oneOf([1, 1, 2, 3]); n > 0; n--) {
    const given = new Date(at.getTime() - below(6) * minute);
    rows.permits.push({
      organizationId,
      id: randomUUID(),
      phoneId,
      sellerId: oneOf(sellers),
      purpose: "marketing",
      dialer: "live_agent",
      at: given,
      verdict: "allow",
      refusals: [],
      warnings: [],
      checked: {},
      permitUntil: new Date(given.getTime() + oneOf([1, 5]) * minute),
      actor: {},
    });
  }
  const span = oneOf([hour, 4 * hour, day, 3 * day]);
  for (let n = below(4); n > 0; n--) {
    const verifiedAt = new Date(at.getTime() - below(12) * span);
    rows.verified.push({
      organizationId,
      screeningId: randomUUID(),
      phoneId,
      verifiedAt,
      verificationId: randomUUID(),
      expiresAt: verifiedAt,
      isUsedUp: true,
      callAt: oneOf([null, null, verifiedAt, new Date(at.getTime() + hour)]),
    });
  }
}

/** Adds answers of the reassigned numbers database, at any time before and after consents. */
function addAnswers(rows: Rows, about: About, phoneId: string, random: Random) {
  const { organizationId } = about.ctx;
  const { oneOf, below } = random;
  for (let n = oneOf([1, 1, 2, 3]); n > 0; n--) {
    const [recordedAt, queryId] = [near(about, random), randomUUID()];
    const askedAt = new Date(recordedAt.getTime() - below(3) * day);
    rows.queries.push({ organizationId, id: queryId, askedAt, numbers: 1, actor: {} });
    rows.reassigned.push({
      organizationId,
      phoneId,
      queryId,
      answer: oneOf(["yes", "no", "no", "no_data"]),
      consentDate: near(about, random),
      askedAt,
      recordedAt,
    });
  }
}

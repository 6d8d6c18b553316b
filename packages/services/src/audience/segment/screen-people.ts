import { type Place, type SegmentCall, further, placeOf } from "@ringfence/core/audience/segment";
import type { RootContext, TransactionContext } from "../../platform/context.ts";
import { heldBack } from "../relevance/score.ts";
import { type AskedCall, askedCall, usualCall } from "../../calling/screening/resolve-call.ts";
import { type PurposeKey, findPurpose } from "@ringfence/core/account/purpose";
import { findSeller } from "@ringfence/core/account/seller";
import { allowSeller } from "../../platform/access/allow.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { type KnownSeller, sellersOf } from "../../account/seller/sellers-of.ts";
import { type Phone, lookUpPlanIndex } from "@ringfence/core/people/phone";
import { screen } from "@ringfence/core/calling/screening";
import { phoneKeyBy } from "../../platform/keys/phone-key.ts";
import { mapInTurns } from "../../platform/map-in-turns.ts";
import { factsOf } from "../../calling/screening/to-facts.ts";
import { readFacts } from "../../calling/screening/load-facts.ts";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type IdIndex, findId } from "@ringfence/core/calling/scrub";
import { type Classifier, makeClassifier } from "../../calling/scrub/engine/classifier.ts";
import { makeLookups } from "../../calling/scrub/engine/look-up.ts";
import type { OwnFacts } from "../../calling/scrub/engine/fact-store.ts";
import { readSnapshot } from "../../calling/scrub/engine/snapshot.ts";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { copyRows, integerIn, startIn } from "../../platform/copy-rows.ts";

/** Fewer are asked for by their phones: to read all that an organization knows takes longer. */
const MANY = 5_000;

/** Where calls to people would end, now: those of too small a chance at the last step. Nothing is put on record: nobody is called by it. */
export const screenPeople = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const placesOf = ordinals.length < MANY ? placesOfSome : placesOfMany;
  const { places, ...screened } = await placesOf(ctx, named, ordinals);
  const callable = ordinals.filter((_, index) => places[index] === "callable");
  const held = await heldBack(ctx, callable);
  return {
    ...screened,
    places: places.map((place, index) => (held.has(ordinals[index] ?? 0) ? "relevance" : place)),
  };
};

/** What calls to some people would come to, all at one instant. */
export type ScreenedPeople = {
  at: Date;
  call: AskedCall;
  /** In the order of those who were asked about. */
  places: Place[];
};

/** Calls that a member may ask about: of which seller, about what. */
export async function callOf(
  ctx: TransactionContext,
  named: SegmentCall,
): Promise<{ seller: KnownSeller; purpose: PurposeKey }> {
  const [sellers, purposes] = [await sellersOf(ctx), await purposesOf(ctx)];
  const usual = usualCall(ctx.actor, { sellers, purposes }, named);
  const { seller, fault } = findSeller(sellers, usual.seller);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  const { fault: unknown } = findPurpose(purposes, usual.purpose);
  if (unknown) throw new ServiceError("invalid-field", unknown, "/purpose");
  allowSeller(ctx, seller.id);
  return { seller, purpose: usual.purpose };
}

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

/** Phones that are classed before others have their turn. */
const SLICE = 16_384;

/**
 * Screens people as a scrub does: all facts are read once, and `screen` decides once about those whose
 * facts are equal. It takes the memory of what the organization knows, and 40 bytes a phone.
 */
export const placesOfMany = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const { db, keys, organizationId, actor } = ctx;
  // Before the snapshot, so that every phone of theirs is in it.
  const phones = await phonesOfPeople(db, organizationId, ordinals);
  const snapshot = await readSnapshot(ctx, organizationId, null);
  const { own, ids, settings } = snapshot;
  const call = askedCall(usualCall(actor, settings, named), settings);
  const secret = await keys.phoneSecret(organizationId, snapshot.keyGeneration);
  const classifier = makeClassifier(snapshot, call, (phone) => phoneKeyBy(secret, phone));
  const look = makeLookups({ phones: own.phones, registries: snapshot.registries });
  const places = ordinals.map((): Place => "number");
  await place(classifier, { own, ids, look }, phones, places);
  return { at: snapshot.at, call, places };
};

type Known = { own: OwnFacts; ids: IdIndex; look: ReturnType<typeof makeLookups> };

async function place(
  { classify, verdicts }: Classifier,
  known: Known,
  { ids, people, count }: PhonesOfPeople,
  places: Place[],
) {
  const ofVerdicts: Place[] = [];
  for (let from = 0; from < count; from += SLICE) {
    const size = Math.min(SLICE, count - from);
    const digits = Float64Array.from({ length: size }, (_, index) =>
      digitsOf(known, ids, (from + index) * 16),
    );
    const plans = Int32Array.from(digits, lookUpPlanIndex);
    const found = classify({ digits, plans }, known.look(digits));
    for (const verdict of verdicts.slice(ofVerdicts.length)) ofVerdicts.push(placeOf(verdict));
    for (let index = 0; index < size; index++) {
      const reached = ofVerdicts[(found[index] ?? 0) - 1];
      const person = people[from + index] ?? -1;
      if (reached) places[person] = further(places[person] ?? "number", reached);
    }
    await nextTurn();
  }
}

/** Of a phone, whose id stands there; 0 of one that was erased. */
function digitsOf({ own, ids: known }: Known, ids: Uint8Array, at: number): number {
  const phone = findId(known, ids, at);
  return Math.max(0, own.phones.numbers[phone] ?? 0);
}

/** Phones and whose they are, in columns, for there may be millions. */
type PhonesOfPeople = {
  /** 16 bytes each. */
  ids: Uint8Array;
  /** The place of the person among those who were asked about. */
  people: Int32Array;
  count: number;
};

/** The phones of people, who are given by their ordinals. */
async function phonesOfPeople(
  { pool }: Db,
  organizationId: OrganizationId,
  ordinals: readonly number[],
): Promise<PhonesOfPeople> {
  const placeOf = placesByOrdinal(ordinals);
  const phones = { ids: new Uint8Array(16 * 1_024), people: new Int32Array(1_024), count: 0 };
  const query = `SELECT contact_ordinal, phone_id FROM contact_phone
    WHERE organization_id = '${organizationId}'::uuid`;
  const client = await pool.connect();
  try {
    await copyRows(client, query, 2, (rows) => {
      for (let row = 0; row < rows.count; row++) {
        const person = placeOf(integerIn(rows, row, 0));
        if (person === -1) continue;
        if (phones.count === phones.people.length) grow(phones);
        const from = startIn(rows, row, 1);
        phones.ids.set(rows.bytes.subarray(from, from + 16), phones.count * 16);
        phones.people[phones.count++] = person;
      }
    });
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  return phones;
}

function grow(phones: PhonesOfPeople) {
  const [ids, people] = [
    new Uint8Array(phones.ids.length * 2),
    new Int32Array(phones.people.length * 2),
  ];
  ids.set(phones.ids);
  people.set(phones.people);
  Object.assign(phones, { ids, people });
}

/** Ordinals lie close together: an array of all between them takes less than a map. */
function placesByOrdinal(ordinals: readonly number[]) {
  const first = ordinals.reduce((least, ordinal) => Math.min(least, ordinal), Infinity);
  const last = ordinals.reduce((most, ordinal) => Math.max(most, ordinal), -1);
  const places = new Int32Array(Math.max(0, last - first + 1)).fill(-1);
  for (const [place, ordinal] of ordinals.entries()) places[ordinal - first] = place;
  return (ordinal: number) => places[ordinal - first] ?? -1;
}

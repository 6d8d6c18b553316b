import {
  type EndStep,
  type SegmentCall,
  findEndStep,
  furtherStep,
} from "@ringfence/core/audience/segment";
import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  allowSeller,
  computePhoneKey,
  copyRows,
  readInteger,
  mapInTurns,
  fieldStart,
} from "../../platform/internal.ts";
import { findHeldBack } from "../relevance/internal.ts";
import {
  type ResolvedCall,
  readFacts,
  resolveNamedCall,
  resolveUsualCall,
  toScreeningFacts,
} from "../../calling/screening/internal.ts";
import { type PurposeKey, findPurpose } from "@ringfence/core/account/purpose";
import { findSeller } from "@ringfence/core/account/seller";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { type KnownSeller, loadSellers } from "../../account/seller/internal.ts";
import { Phone, lookUpPlanIndex } from "@ringfence/core/people/phone";
import { screen } from "@ringfence/core/calling/screening";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type IdIndex, findId } from "@ringfence/core/calling/scrub";
import {
  type Classifier,
  type FactStore,
  createClassifier,
  createLookup,
  readSnapshot,
} from "../../calling/scrub/internal.ts";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { z } from "zod";

/** Fewer people than this are looked up by phone, because loading everything takes longer. */
const MANY = 5_000;

/**
 * Finds where a call to each person would end now, with low scores as the last step. Someone without a phone ends at
 * `number`. Nothing is recorded, and no call is allowed by it. It checks nothing of what the actor may do: call
 * `resolveCall` first.
 */
export const screenPeople = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const { places, ...screened } = await screenByLaw(ctx, named, ordinals);
  const callable = ordinals.filter((_, index) => places[index] === "callable");
  const held = await findHeldBack(ctx, callable);
  return {
    ...screened,
    places: places.map((place, index) => (held.has(ordinals[index] ?? 0) ? "relevance" : place)),
  };
};

/** Does the same without scores, so that nobody ends at `relevance`. */
export const screenByLaw = (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> =>
  (ordinals.length < MANY ? screenFewPeople : screenManyPeople)(ctx, named, ordinals);

/** Screening of some people, all at one point in time. */
export type ScreenedPeople = {
  at: Date;
  call: ResolvedCall;
  /** In the order of the requested people. */
  places: EndStep[];
};

/**
 * Resolves the seller and purpose of a call. Throws if one is unknown, or if the actor does not work for the
 * seller.
 */
export async function resolveCall(
  ctx: TransactionContext,
  named: SegmentCall,
): Promise<{ seller: KnownSeller; purpose: PurposeKey }> {
  const [sellers, purposes] = [await loadSellers(ctx), await loadPurposes(ctx)];
  const usual = resolveUsualCall(ctx.actor, { sellers, purposes }, named);
  const { seller, fault } = findSeller(sellers, usual.seller);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  const { fault: unknown } = findPurpose(purposes, usual.purpose);
  if (unknown) throw new ServiceError("invalid-field", unknown, "/purpose");
  allowSeller(ctx, seller.id);
  return { seller, purpose: usual.purpose };
}

const TIMEOUT_MS = 30_000;

/** Screens up to a few thousand people. One statement reads the facts of all their phones, as of one time. */
export const screenFewPeople = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const { keys, organizationId, actor } = ctx;
  const phones = await loadPhones(ctx, ordinals);
  const nothing = { organizationId, phone: null, phoneKey: null, at: null };
  const [home] = await readFacts(ctx, [nothing]);
  if (home === undefined) throw new Error("no answer about the organization");
  const { settings } = home;
  const call = resolveNamedCall(resolveUsualCall(actor, settings, named), settings);

  const { keyGeneration: generation } = home;
  const secret = settings.hasErasedPhones
    ? await keys.phoneSecret(organizationId, generation)
    : null;
  const toPhoneKey = (phone: Phone) =>
    secret && { bytes: computePhoneKey(secret, phone), generation };
  const requests = phones.map(({ phone }) => ({ ...nothing, phone, phoneKey: toPhoneKey(phone) }));
  const facts = requests.length > 0 ? await readFacts(ctx, requests, TIMEOUT_MS) : [];

  const stepByOrdinal = new Map<number, EndStep>();
  await mapInTurns(facts, ({ row }, index) => {
    const owned = phones[index];
    if (owned === undefined) throw new Error("more facts than phones");
    const step = findEndStep(screen(toScreeningFacts(owned.phone, call, row, settings)));
    const reached = stepByOrdinal.get(owned.ordinal) ?? step;
    stepByOrdinal.set(owned.ordinal, furtherStep(reached, step));
  });
  return {
    at: facts[0]?.row.now ?? home.row.now,
    call,
    places: ordinals.map((ordinal) => stepByOrdinal.get(ordinal) ?? "number"),
  };
};

async function loadPhones({ db, organizationId }: RootContext, ordinals: readonly number[]) {
  const { rows } = await db.pool.query(
    `SELECT contact_ordinal AS ordinal, e164 AS phone FROM contact
     JOIN contact_phone ON contact_phone.organization_id = contact.organization_id
       AND contact_id = contact.id
     JOIN phone ON phone.organization_id = contact.organization_id AND phone.id = phone_id
     WHERE contact.organization_id = $1 AND ordinal = ANY ($2) AND e164 IS NOT NULL`,
    [organizationId, ordinals],
  );
  return z.array(z.object({ ordinal: z.int(), phone: Phone })).parse(rows);
}

/** Number of phones to classify before yielding. */
const SLICE = 16_384;

/**
 * Screens many people the way a scrub does: loads all facts once and decides once for equal facts. It needs
 * memory for everything the organization knows, and 40 bytes a phone.
 */
export const screenManyPeople = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const { db, keys, organizationId, actor } = ctx;
  // Loaded before the snapshot, so that the snapshot contains every one of these phones.
  const phones = await loadPhoneColumns(db, organizationId, ordinals);
  const snapshot = await readSnapshot(ctx, organizationId, null);
  const { own, ids, settings } = snapshot;
  const call = resolveNamedCall(resolveUsualCall(actor, settings, named), settings);
  const secret = await keys.phoneSecret(organizationId, snapshot.keyGeneration);
  const classifier = createClassifier(snapshot, call, (phone) => computePhoneKey(secret, phone));
  const look = createLookup({ phones: own.phones, registries: snapshot.registries });
  const places = ordinals.map((): EndStep => "number");
  await classifyPhones(classifier, { own, ids, look }, phones, places);
  return { at: snapshot.at, call, places };
};

type LoadedFacts = { own: FactStore; ids: IdIndex; look: ReturnType<typeof createLookup> };

/** Classifies phones slice by slice, and moves each person in `places` to the furthest step of their phones. */
async function classifyPhones(
  { classify, verdicts }: Classifier,
  facts: LoadedFacts,
  { ids, people, count }: PhoneColumns,
  places: EndStep[],
) {
  const stepByVerdict: EndStep[] = [];
  for (let from = 0; from < count; from += SLICE) {
    const size = Math.min(SLICE, count - from);
    const digits = Float64Array.from({ length: size }, (_, index) =>
      readDigits(facts, ids, (from + index) * 16),
    );
    const plans = Int32Array.from(digits, lookUpPlanIndex);
    const found = classify({ digits, plans }, facts.look(digits));
    for (const verdict of verdicts.slice(stepByVerdict.length))
      stepByVerdict.push(findEndStep(verdict));
    for (let index = 0; index < size; index++) {
      const reached = stepByVerdict[(found[index] ?? 0) - 1];
      const person = people[from + index] ?? -1;
      if (reached) places[person] = furtherStep(places[person] ?? "number", reached);
    }
    await nextTurn();
  }
}

/** Reads the digits of the phone with an ID. 0 if erased. */
function readDigits({ own, ids: idIndex }: LoadedFacts, ids: Uint8Array, at: number): number {
  const phone = findId(idIndex, ids, at);
  return Math.max(0, own.phones.numbers[phone] ?? 0);
}

/** Phones and their people in columns, because there may be millions. */
type PhoneColumns = {
  /** 16 bytes each. */
  ids: Uint8Array;
  /** Index of the person in the request. */
  people: Int32Array;
  count: number;
};

/** Loads the phones of people by ordinal. */
async function loadPhoneColumns(
  { pool }: Db,
  organizationId: OrganizationId,
  ordinals: readonly number[],
): Promise<PhoneColumns> {
  const findIndex = createOrdinalIndex(ordinals);
  const phones = { ids: new Uint8Array(16 * 1_024), people: new Int32Array(1_024), count: 0 };
  const query = `SELECT contact_ordinal, phone_id FROM contact_phone
    WHERE organization_id = '${organizationId}'::uuid`;
  const client = await pool.connect();
  try {
    await copyRows(client, query, 2, (rows) => {
      for (let row = 0; row < rows.count; row++) {
        const person = findIndex(readInteger(rows, row, 0));
        if (person === -1) continue;
        if (phones.count === phones.people.length) grow(phones);
        const from = fieldStart(rows, row, 1);
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

function grow(phones: PhoneColumns) {
  const [ids, people] = [
    new Uint8Array(phones.ids.length * 2),
    new Int32Array(phones.people.length * 2),
  ];
  ids.set(phones.ids);
  people.set(phones.people);
  Object.assign(phones, { ids, people });
}

/** Creates a look-up of indexes by ordinal, -1 if missing. Ordinals are dense, so an array is smaller than a map. */
function createOrdinalIndex(ordinals: readonly number[]) {
  const first = ordinals.reduce((least, ordinal) => Math.min(least, ordinal), Infinity);
  const last = ordinals.reduce((most, ordinal) => Math.max(most, ordinal), -1);
  const indexes = new Int32Array(Math.max(0, last - first + 1)).fill(-1);
  for (const [index, ordinal] of ordinals.entries()) indexes[ordinal - first] = index;
  return (ordinal: number) => indexes[ordinal - first] ?? -1;
}

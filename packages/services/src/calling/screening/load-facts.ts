import {
  type Phone,
  type ReadPhone,
  phoneFromDigits,
  readPhone,
  readPhoneBytes,
  toDigits,
} from "@ringfence/core/people/phone";
import { bundledLaw, listBooks } from "@ringfence/core/people/jurisdiction";
import { type ScreenCall, listDatedRegistries } from "@ringfence/core/calling/screening";
import {
  type Installation,
  type PhoneKey,
  type RootContext,
  ServiceError,
  coalesce,
  computePhoneKey,
  toError,
} from "../../platform/internal.ts";
import { loadLawByHash, readRuleSetText } from "../../people/jurisdiction/internal.ts";
import { loadPolicies, readPolicyTexts } from "../policy/internal.ts";
import { type LoadedFacts, type Settings, StoredRow } from "./facts-row.ts";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Actor } from "@ringfence/core/platform/access";
import { askedKinds, locateNumber } from "@ringfence/core/do-not-call/registry";
import { authenticateFacts } from "./authentic-facts.ts";
import { factsStatement } from "./facts-statement.ts";

/**
 * Reads the number of a request, or says what is wrong with it. The organization's home region is loaded only if the
 * number has no country code and the request names no region.
 */
export async function resolveRequest(
  { db, keys, organizationId }: RootContext,
  { phone, region }: Pick<ScreenCall, "phone" | "region">,
): Promise<ReadPhone> {
  // A number with a country code needs no region.
  if (region !== undefined || /^\s*(\+|00)/.test(phone)) return parsePhoneFast(phone, region ?? "");
  // Without `key`: `loadFacts` checks the acting key afterwards.
  const home = { organizationId, phone: null, phoneKey: null, at: null };
  const { settings } = await readCallFacts({ db, keys }, home);
  return parsePhoneFast(phone, settings.homeRegion);
}

/**
 * Parses a number with the fast parser of files. Only an invalid number goes to the slow one, which says
 * what is wrong.
 */
function parsePhoneFast(phone: string, region: string): ReadPhone {
  const bytes = Buffer.from(phone);
  const digits = readPhoneBytes(bytes, 0, bytes.length, region);
  return digits === 0 ? readPhone(phone, region) : { phone: phoneFromDigits(digits) };
}

/**
 * Loads the facts about a call to a number, at an instant or now, optionally for a campaign or a permit.
 * Throws `key-invalid` if the acting key no longer counts (`keyStands`): it was revoked or has expired, its secret was
 * replaced, it may not be used from the address of the request, or its maker may no longer screen.
 */
export async function loadFacts(
  { db, keys, organizationId, actor }: RootContext,
  reading: ReadPhone,
  at: Date | null,
  { campaign, permitId }: { campaign?: string | undefined; permitId?: string } = {},
): Promise<LoadedFacts> {
  const phone = "phone" in reading ? reading.phone : null;
  const key = actor.type === "key" ? actor : null;
  const read = async (phoneKey: PhoneKey | null) => {
    const by = { campaign: campaign ?? null, permitId: permitId ?? null };
    const request = { organizationId, phone, phoneKey, at, key, ...by };
    const facts = await readCallFacts({ db, keys }, request);
    if (!facts.keyStands) throw new ServiceError("key-invalid", { key: "error.key-cut" });
    return facts;
  };

  const facts = await read(null);
  if (phone === null || !facts.settings.hasErasedPhones) return facts;
  // An opt-out survives the erasure of its number, and is then found only by the number's key.
  const { keyGeneration: generation } = facts;
  const secret = await keys.phoneSecret(organizationId, generation);
  return read({ bytes: computePhoneKey(secret, phone), generation });
}

/** A request for facts. Without a phone, only the settings and the clock are wanted. */
export type FactsRequest = {
  organizationId: OrganizationId;
  phone: Phone | null;
  /** Key of the number, in case it was erased; null unless the organization has erased numbers. */
  phoneKey: PhoneKey | null;
  /** Null is now, by the database's clock. */
  at: Date | null;
  /** The campaign that calls, as the dialer names it; left out, none. */
  campaign?: string | null;
  /** The key that asks: it may have been revoked since it was found. Left out, no key does. */
  key?: Extract<Actor, { type: "key" }> | null;
  /** Permit that is being verified, so that it does not count against its own call. */
  permitId?: string | null;
};

/**
 * Days for which calls are read: the longest window of a cap has 31 (`findLawFaults` and `PolicyRule` see to that), and
 * a day by the calendar of a zone that changes its clocks may be longer.
 */
export const callWindowDays = 32;

/**
 * Milliseconds after which a statement for single calls is given up: it throws then, and the caller must not let the
 * call through. Reading facts and recording a screening have the same limit.
 */
export const factsTimeoutMs = 1_000;

/**
 * The most calls of one organization in a shared statement, so that a call of another waits only for so many. A
 * statement costs as much as reading six calls, so that more would gain little.
 */
export const callsOfOne = 200;

/** Database with the facts, and the keys that show which facts our code wrote. */
export type FactsSource = Pick<Installation, "db" | "keys">;

/**
 * Reads the facts about many calls, in the order of the requests, by one statement and so of one instant. Throws if the
 * facts about one of them cannot be read. It leaves `keyStands` to the caller.
 */
export async function readFacts(
  source: FactsSource,
  requests: readonly FactsRequest[],
  timeoutMs = factsTimeoutMs,
): Promise<LoadedFacts[]> {
  const results = await tryToReadFacts(source, requests, timeoutMs);
  return results.map(throwIfError);
}

function throwIfError(result: LoadedFacts | Error): LoadedFacts {
  if (result instanceof Error) throw result;
  return result;
}

/**
 * Reads the facts about many calls, or an error in the place of a call whose facts cannot be read. Calls of other
 * organizations share the statement, and one organization's fault must not reach them. A row or a consent that cannot
 * be read fails its own call. Law, policies and settings fail all of the organization's calls, and the settings come
 * with the row of its first one.
 */
async function tryToReadFacts(
  { db, keys }: FactsSource,
  requests: readonly FactsRequest[],
  timeoutMs: number,
): Promise<(LoadedFacts | Error)[]> {
  const before = datedRegistries.size;
  const loaded = await runFactsStatement({ db, keys }, requests, timeoutMs);
  // A law that was new to this process may ask for the day of listings that were not read.
  return datedRegistries.size === before
    ? loaded
    : runFactsStatement({ db, keys }, requests, timeoutMs);
}

/** Registries for which the day of a listing matters by any law that this process has met. It only grows. */
const datedRegistries = new Set(listDatedRegistries(bundledLaw.book));

async function runFactsStatement(
  { db: { pool }, keys }: FactsSource,
  requests: readonly FactsRequest[],
  timeoutMs: number,
): Promise<(LoadedFacts | Error)[]> {
  const locations = requests.map(({ phone }) =>
    phone === null ? null : locateNumber(toDigits(phone)),
  );
  const statement = {
    name: "screening.facts",
    text: factsStatement,
    values: [
      requests.map(({ organizationId }) => organizationId),
      requests.map(({ phone }) => phone),
      requests.map(({ phoneKey }) => phoneKey?.bytes ?? null),
      locations.map((location) => location?.block ?? null),
      locations.map((location) => location?.line ?? null),
      requests.map(({ at }) => at),
      callWindowDays,
      [...datedRegistries],
      requests.map(({ campaign }) => campaign ?? null),
      requests.map(({ key }) => key?.id ?? null),
      markFirstOfEach(requests.map(settingsKey)),
      askedKinds,
      requests.map(({ permitId }) => permitId ?? null),
      requests.map(({ key }) => key?.address || null),
      requests.map(({ key }) => key?.secretNumber ?? null),
      requests.map(({ key }) => key?.isSigned ?? false),
    ],
    query_timeout: timeoutMs,
  };
  const { rows } = await pool.query(statement);
  if (rows.length !== requests.length)
    throw new Error(`${requests.length} requests, ${rows.length} rows`);
  const read = requests.map((request, index) => ({
    request,
    checked: StoredRow.safeParse(rows[index]),
  }));
  const readable = read.flatMap(({ request, checked: { data: stored } }) =>
    stored ? [{ request, stored }] : [],
  );
  const authentic = authenticateFacts(
    keys,
    readable.map(({ request: { organizationId }, stored }) => ({ organizationId, stored })),
  );
  const countedByRow = new Map(readable.map(({ stored }, index) => [stored, authentic[index]]));
  const settingsByKey = new Map<string, Settings | Error>();
  for (const { request, stored } of readable) {
    if (stored.settings === null) continue;
    settingsByKey.set(settingsKey(request), await addRules(stored.settings, pool));
  }
  return read.map(({ request, checked: { data: stored, error } }) => {
    if (stored === undefined) return error;
    const settings = settingsByKey.get(settingsKey(request));
    if (settings === undefined) return new Error(`no settings of ${request.organizationId}`);
    if (settings instanceof Error) return settings;
    if (request.phoneKey !== null && request.phoneKey.generation !== stored.keyGeneration) {
      // The hash found nothing, although an opt-out may be recorded: an error is better than that answer.
      return new Error("the master key was rotated while facts were read");
    }
    const counted = countedByRow.get(stored);
    if (counted instanceof Error) return counted;
    // Changes the row itself, because copying it for every call would take time.
    const row = Object.assign(stored, counted, {
      purchasedAt: findEarliestPurchase(stored.contacts ?? []),
    });
    const { ledgerSize, keyGeneration, keyStands } = stored;
    return { row, settings, ledgerSize, keyGeneration, keyStands };
  });
}

/** Adds the law and the policies that the settings name, or returns the error of one that cannot be read. */
async function addRules(
  settings: NonNullable<StoredRow["settings"]>,
  pool: FactsSource["db"]["pool"],
): Promise<Settings | Error> {
  try {
    const law = await loadLawByHash(settings.ruleSet, readRuleSetText(pool));
    for (const code of listBooks(law).flatMap(listDatedRegistries)) datedRegistries.add(code);
    const policies = await loadPolicies(settings.policies ?? [], readPolicyTexts(pool));
    return { ...settings, law, policies };
  } catch (error) {
    return toError(error);
  }
}

/**
 * Finds the earliest of the contacts' last purchases. Null if one of them bought nothing, because that person
 * may be the one who answers.
 */
function findEarliestPurchase(contacts: NonNullable<StoredRow["contacts"]>): number | null {
  const bought = contacts.flatMap(({ purchasedAt }) => purchasedAt ?? []);
  return bought.length > 0 && bought.length === contacts.length ? Math.min(...bought) : null;
}

/**
 * Settings are requested once for each organization and instant, with its first request. They depend on nothing else.
 */
const settingsKey = ({ organizationId, at }: FactsRequest) => `${organizationId} ${at?.getTime()}`;

function markFirstOfEach(keys: readonly string[]): boolean[] {
  const seen = new Set<string>();
  return keys.map((key) => {
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

type FactsReader = (request: FactsRequest) => Promise<LoadedFacts | Error>;
const shared = new WeakMap<FactsSource["db"], WeakMap<FactsSource["keys"], FactsReader>>();

/**
 * Reads the facts of one call. It leaves `keyStands` to the caller. Live calls that wait, of the same `db` and `keys`,
 * share the next statement. Only one statement runs at a time, unless it has taken more than 100 ms (`coalesce`): a
 * statement costs as much as reading six calls, so one for all that wait is cheaper than two. A what-if has its own
 * statement, because it goes back through history, and no live call should wait for that.
 */
export async function readCallFacts(
  source: FactsSource,
  request: FactsRequest,
): Promise<LoadedFacts> {
  if (request.at !== null) {
    const [facts] = await readFacts(source, [request]);
    if (facts === undefined) throw new Error("no answer about a call");
    return facts;
  }
  const { db, keys } = source;
  const readersOfDb = shared.get(db) ?? new WeakMap<FactsSource["keys"], FactsReader>();
  shared.set(db, readersOfDb);
  const load = (requests: readonly FactsRequest[]) =>
    tryToReadFacts({ db, keys }, requests, factsTimeoutMs);
  const read =
    readersOfDb.get(keys) ??
    coalesce<FactsRequest, LoadedFacts | Error>(load, {
      maxLoads: 1,
      share: { by: ({ organizationId }) => organizationId, most: callsOfOne },
    });
  readersOfDb.set(keys, read);
  return throwIfError(await read(request));
}

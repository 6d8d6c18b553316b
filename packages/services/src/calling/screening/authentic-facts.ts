import { ConsentId, type OrganizationId, SellerId } from "@ringfence/core/ids";
import { type Keys, toError } from "../../platform/internal.ts";
import {
  type StoredConsent,
  discountForgedConsents,
  findCountedSpans,
  hashConsent,
  unboundedSpan,
  verifyCorrections,
} from "../../proof/record/internal.ts";
import {
  selectAuthenticPreferences,
  toCallPreferences,
} from "../../do-not-call/call-preference/internal.ts";
import type { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import type { ConsentRow, FactsRow, StoredRow } from "./facts-row.ts";
import { ConsentEventType } from "@ringfence/core/consents/consent";
import { Channel } from "@ringfence/core/people/phone";
import { PurposeKey } from "@ringfence/core/account/purpose";

type OptOutRow = NonNullable<FactsRow["optOuts"]>[number];
type SuppressionRow = NonNullable<FactsRow["suppressions"]>[number];

/** Facts as the statement returns them, with the MACs that show our code wrote them. */
export type StoredFacts = Pick<StoredRow, "consents" | "optOuts" | "suppressions" | "preferences">;

type FactsOfRequest = { organizationId: OrganizationId; stored: StoredFacts };
type CountedFacts = Pick<FactsRow, keyof StoredFacts>;
type EventKeys = Pick<Keys, "eventKeys">;

/**
 * Leaves out consents, corrections of opt-outs and ends of suppressions that would allow calls but were not written by
 * our code (contract 6): such a consent does not exist, such a correction lifts nothing, and such a suppression has
 * begun and has no end. A forged invalidation is not left out: it counts as a withdrawal. Returns one entry for each
 * request, in order: an error if its consents cannot be read.
 */
export function authenticateFacts(
  keys: EventKeys,
  requests: readonly FactsOfRequest[],
): (CountedFacts | Error)[] {
  const read = requests.map(({ organizationId, stored }) => ({
    organizationId,
    consents: readConsents(stored.consents),
  }));
  const counted = authenticateConsents(keys, read);
  return requests.map(({ organizationId, stored }, index) => {
    const consents = counted[index] ?? null;
    if (consents instanceof Error) return consents;
    return {
      consents,
      optOuts: stored.optOuts && removeLifted(keys, organizationId, stored.optOuts),
      suppressions:
        stored.suppressions && toCountedSpans(keys, organizationId, stored.suppressions),
      preferences:
        stored.preferences && toCountedPreferences(keys, organizationId, stored.preferences),
    };
  });
}

type ReadConsents = StoredConsent<ConsentRow>[] | Error | null;

/**
 * Decodes consents. Returns the error instead of throwing it, because calls of other organizations are judged with it.
 */
function readConsents(text: string | null): ReadConsents {
  try {
    return text === null ? null : decodeConsents(text);
  } catch (error) {
    return toError(error);
  }
}

/**
 * Returns the consents that count for each call. Handles those of one organization together, because starting
 * costs more than one more consent.
 */
function authenticateConsents(
  keys: EventKeys,
  requests: readonly { organizationId: OrganizationId; consents: ReadConsents }[],
): (ConsentRow[] | Error | null)[] {
  const counted = requests.map(({ consents }): ConsentRow[] | Error | null =>
    Array.isArray(consents) ? [] : consents,
  );
  const read = requests.flatMap(({ organizationId, consents }, index) =>
    Array.isArray(consents) ? consents.map((consent) => ({ organizationId, index, consent })) : [],
  );
  for (const [id, group] of Map.groupBy(read, ({ organizationId }) => organizationId)) {
    const events = discountForgedConsents(
      keys,
      id,
      group.map(({ consent }) => consent),
    );
    for (const [nth, event] of events.entries()) {
      const ofCall = counted[group[nth]?.index ?? -1];
      if (event !== null && Array.isArray(ofCall)) ofCall.push(event);
    }
  }
  return counted;
}

/** Returns the opt-outs that no correction with our MAC has lifted. */
function removeLifted(
  keys: EventKeys,
  organizationId: OrganizationId,
  optOuts: NonNullable<StoredFacts["optOuts"]>,
): OptOutRow[] {
  const corrected = optOuts.flatMap((optOut) =>
    optOut.corrected ? [{ ...optOut.corrected, mac: toMac(optOut.corrected) }] : [],
  );
  if (corrected.length === 0) return optOuts;
  const verified = verifyCorrections(keys, organizationId, corrected);
  const lifted = new Set(corrected.flatMap(({ optOutId }, n) => (verified[n] ? optOutId : [])));
  return optOuts.filter((one) => one.corrected === null || !lifted.has(one.corrected.optOutId));
}

function toCountedSpans(
  keys: EventKeys,
  organizationId: OrganizationId,
  suppressions: NonNullable<StoredFacts["suppressions"]>,
): SuppressionRow[] {
  const stored = suppressions.map((one) => ({ ...one, mac: toMac(one) }));
  const counted = findCountedSpans(keys, organizationId, stored);
  return stored.map(({ reason }, index) => ({ reason, ...(counted[index] ?? unboundedSpan) }));
}

/** Selects the call preferences that count. One without our MAC does not end earlier ones. */
const toCountedPreferences = (
  keys: EventKeys,
  organizationId: OrganizationId,
  preferences: NonNullable<StoredFacts["preferences"]>,
): CallPreferences[] =>
  selectAuthenticPreferences(
    keys,
    organizationId,
    preferences.map((one) => ({ ...one, mac: toMac(one) })),
  ).map(toCallPreferences);

const toMac = ({ mac }: { mac: string | null }) => (mac === null ? null : Buffer.from(mac, "hex"));

/** Everything a consent says except its id and its instants: few different texts among millions of consents. */
type ConsentText = Omit<ConsentRow, "consentId" | "at" | "validUntil" | "recordedAt">;

/**
 * Decodes the consents of a number from the text that `consentTextsSql` writes; null for none. Throws for any other
 * text.
 */
export const decodeConsents = (texts: string | null): StoredConsent<ConsentRow>[] =>
  texts?.split(";").map(decodeConsent) ?? [];

/** Placeholder for a missing MAC. */
const NO_MAC = "-";

/**
 * SQL for all consents of some rows of `consent_event`, as text. JSON would take twice as long, and
 * consents are most of what is read for a call. None of the values contains a space, a comma, a bar or a
 * semicolon.
 */
export const consentTextsSql = `
  string_agg(concat_ws('|',
    concat_ws(' ', consent_id, phone_id, coalesce(encode(mac, 'hex'), '${NO_MAC}'), epoch_ms(at),
      epoch_ms(recorded_at), epoch_ms(valid_until)),
    concat_ws(' ', type, seller_id, is_written, is_proven, is_imported(source, actor)),
    array_to_string(purposes, ','), array_to_string(channels, ','),
    coalesce(array_to_string(elements, ','), '')
  ), ';')`;

function decodeConsent(text: string): StoredConsent<ConsentRow> {
  const bar = text.indexOf("|");
  const [id, phoneId = "", mac = NO_MAC, at, recordedAt, validUntil = null] = text
    .slice(0, bar)
    .split(" ");
  const { consent, contentHash } = decodeConsentText(text.slice(bar + 1));
  const event = {
    consentId: ConsentId.parse(id),
    at: Number(at),
    recordedAt: Number(recordedAt),
    validUntil: validUntil === null ? null : Number(validUntil),
    ...consent,
  };
  return {
    event,
    input: {
      id: event.consentId,
      phoneId,
      at: event.at,
      until: event.validUntil,
      recordedAt: event.recordedAt,
      contentHash,
      mac: mac === NO_MAC ? null : Buffer.from(mac, "hex"),
    },
  };
}

/** Cache, because few different texts come again and again. It is emptied when it is full. */
const decodedTexts = new Map<string, { consent: ConsentText; contentHash: Uint8Array }>();
const maxDecodedTexts = 10_000;

function decodeConsentText(text: string) {
  const found = decodedTexts.get(text);
  if (found !== undefined) return found;
  if (decodedTexts.size === maxDecodedTexts) decodedTexts.clear();
  const consent = parseConsentText(text);
  const decoded = { consent, contentHash: hashConsent(consent) };
  decodedTexts.set(text, decoded);
  return decoded;
}

function parseConsentText(text: string): ConsentText {
  const [flags, purposes, channels, elements, ...more] = text.split("|");
  if (elements === undefined || more.length > 0)
    throw new Error("a consent with a part too few or many");
  const [type, sellerId, isWritten, isProven, isImported] = flags?.split(" ") ?? [];
  return {
    type: ConsentEventType.parse(type),
    sellerId: SellerId.parse(sellerId),
    isWritten: isTrue(isWritten),
    isProven: isTrue(isProven),
    isImported: isTrue(isImported),
    purposes: PurposeKey.array().parse(splitItems(purposes)),
    channels: Channel.array().parse(splitItems(channels)),
    elements: splitItems(elements),
  };
}

const isTrue = (word: string | undefined) => word === "t";

const splitItems = (text = "") => (text === "" ? [] : text.split(","));

import { ConsentEventType } from "@ringfence/core/consents/consent";
import { Channel } from "@ringfence/core/people/phone";
import { ConsentId, SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { consentWords, type StoredConsent } from "../../proof/record/consent-mac.ts";
import type { ConsentRow } from "./facts-row.ts";

/** What a consent says, but for which it is and when: few things, of millions of consents. */
type Said = Omit<ConsentRow, "consentId" | "at" | "validUntil" | "recordedAt">;

/** The consents of a number as `consentTexts` below writes them, null for none; throws at any other text. */
export const readConsents = (texts: string | null): StoredConsent<ConsentRow>[] =>
  texts?.split(";").map(readConsent) ?? [];

/** Placeholder for a missing MAC. */
const NO_MAC = "-";

/**
 * In SQL, all consents of some rows of `consent_event`: as JSON it would take twice as long, and they are most
 * of what is read for a call. None of the words has a space, a comma, a bar or a semicolon in it.
 */
export const consentTexts = `
  string_agg(concat_ws('|',
    concat_ws(' ', consent_id, phone_id, coalesce(encode(mac, 'hex'), '${NO_MAC}'), epoch_ms(at),
      epoch_ms(recorded_at), epoch_ms(valid_until)),
    concat_ws(' ', type, seller_id, is_written, is_proven, is_imported(source, actor)),
    array_to_string(purposes, ','), array_to_string(channels, ','),
    coalesce(array_to_string(elements, ','), '')
  ), ';')`;

function readConsent(text: string): StoredConsent<ConsentRow> {
  const bar = text.indexOf("|");
  const [id, phoneId = "", mac = NO_MAC, at, recordedAt, validUntil = null] = text
    .slice(0, bar)
    .split(" ");
  const { said, words } = saidIn(text.slice(bar + 1));
  const event = {
    consentId: ConsentId.parse(id),
    at: Number(at),
    recordedAt: Number(recordedAt),
    validUntil: validUntil === null ? null : Number(validUntil),
    ...said,
  };
  return {
    event,
    input: {
      id: event.consentId,
      phoneId,
      at: event.at,
      until: event.validUntil,
      recordedAt: event.recordedAt,
      words,
      mac: mac === NO_MAC ? null : Buffer.from(mac, "hex"),
    },
  };
}

/** Each text is checked once. */
const known = new Map<string, { said: Said; words: Uint8Array }>();
const mostKnown = 10_000;

function saidIn(text: string) {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size === mostKnown) known.clear();
  const said = readSaid(text);
  const read = { said, words: consentWords(said) };
  known.set(text, read);
  return read;
}

function readSaid(text: string): Said {
  const [words, purposes, channels, elements, ...more] = text.split("|");
  if (elements === undefined || more.length > 0)
    throw new Error("a consent with a part too few or many");
  const [type, sellerId, isWritten, isProven, isImported] = words?.split(" ") ?? [];
  return {
    type: ConsentEventType.parse(type),
    sellerId: SellerId.parse(sellerId),
    isWritten: isTrue(isWritten),
    isProven: isTrue(isProven),
    isImported: isTrue(isImported),
    purposes: PurposeKey.array().parse(itemsOf(purposes)),
    channels: Channel.array().parse(itemsOf(channels)),
    elements: itemsOf(elements),
  };
}

const isTrue = (word: string | undefined) => word === "t";

const itemsOf = (text = "") => (text === "" ? [] : text.split(","));

import { findId } from "@ringfence/core/calling/scrub";
import type { PoolClient } from "pg";
import { z } from "zod";
import {
  PreferenceRow,
  selectAuthenticPreferences,
  toCallPreferences,
} from "../../../do-not-call/call-preference/internal.ts";
import {
  type CopyRows,
  readByteString,
  copyRows,
  readInstant,
  isNull,
  fieldLength,
  fieldStart,
} from "../../../platform/internal.ts";
import {
  copyId,
  copyMac,
  createMacBatch,
  findCountedSpans,
  hashConsent,
  needsMac,
  toUnauthenticatedType,
  verifyBatch,
  writeWithoutIds,
} from "../../../proof/record/internal.ts";
import {
  type LoadedStore,
  type FactStore,
  addFact,
  addFactOfPerson,
  addCountedText,
  indexText,
} from "./fact-store.ts";
import {
  type CopyQuery,
  type FactQueryInput,
  createTextIndexer,
  findPhoneIndexes,
} from "./fact-queries.ts";
import { decodeId, factLetters } from "./fact-text.ts";

/** Data for consents that say the same. */
type TextFacts = {
  /** Hash for the MAC; null if no MAC is needed. */
  contentHash: Uint8Array | null;
  /** Index of the text that counts without a valid MAC; null if nothing counts. */
  textIfForged: number | null;
};

/** Loads consents as they count: those that allow calls only if our code wrote them. */
export async function loadConsents(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: LoadedStore,
  { organizationId, keys }: Pick<FactQueryInput, "organizationId" | "keys">,
) {
  const findText = createTextIndexer(own, factLetters.consent, 6);
  const known: (TextFacts | undefined)[] = [];
  const factsOfText = (text: number) => (known[text] ??= loadTextFacts(own, text));

  await copyRows(client, query, columns, (rows) => {
    const phones = findPhoneIndexes(ids, rows, 0);
    const texts = new Int32Array(rows.count);
    /** Index of each row in the batch; -1 if it needs no MAC. */
    const macIndexes = new Int32Array(rows.count).fill(-1);
    const batch = createMacBatch(rows.count);
    let macCount = 0;
    for (let row = 0; row < rows.count; row++) {
      const text = findText(rows, row);
      texts[row] = text;
      const { contentHash } = factsOfText(text);
      if (contentHash === null) continue;
      copyId(batch, macCount, 0, { view: rows.view, at: fieldStart(rows, row, 5) });
      copyId(batch, macCount, 1, { view: rows.view, at: fieldStart(rows, row, 0) });
      copyMac(batch, macCount, {
        bytes: rows.bytes,
        at: fieldStart(rows, row, 4),
        length: fieldLength(rows, row, 4),
      });
      const until = readInstant(rows, row, 2);
      writeWithoutIds(batch, macCount, {
        kind: "consent",
        at: readInstant(rows, row, 1),
        until: Number.isNaN(until) ? null : until,
        recordedAt: readInstant(rows, row, 3),
        contentHash,
      });
      macIndexes[row] = macCount++;
    }
    const verified = verifyBatch(keys, organizationId, batch, macCount);
    for (let row = 0; row < rows.count; row++) {
      const [text, macIndex] = [texts[row] ?? 0, macIndexes[row] ?? -1];
      const isOurs = macIndex === -1 || verified[macIndex] === 1;
      const counted = isOurs ? text : factsOfText(text).textIfForged;
      if (counted !== null) addFact(own, phones[row] ?? -1, toFact(rows, row, counted));
    }
  });
}

const toFact = (rows: CopyRows, row: number, text: number) => ({
  text,
  at: readInstant(rows, row, 1),
  until: readInstant(rows, row, 2),
  recordedAt: readInstant(rows, row, 3),
});

function loadTextFacts(own: FactStore, text: number): TextFacts {
  const consent = own.texts[text];
  if (consent?.kind !== "consent") throw new Error(`text ${text} is not of a consent`);
  if (!needsMac(consent.type)) return { contentHash: null, textIfForged: null };
  const type = toUnauthenticatedType(consent.type);
  const key = `${factLetters.consent}without its MAC ${text}`;
  return {
    contentHash: hashConsent(consent),
    textIfForged: type === null ? null : addCountedText(own, key, { ...consent, type }),
  };
}

/** Loads suppressions as they count: those that our code did not write have begun and have no end. */
export async function loadSuppressions(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: LoadedStore,
  { organizationId, keys }: Pick<FactQueryInput, "organizationId" | "keys">,
) {
  const findText = createTextIndexer(own, factLetters.suppression, 6);
  await copyRows(client, query, columns, (rows) => {
    const phones = findPhoneIndexes(ids, rows, 0);
    const texts = Array.from(phones, (_, row) => findText(rows, row));
    const stored = texts.map((text, row) => toStored(own, rows, row, text));
    for (const [row, { at, until }] of findCountedSpans(keys, organizationId, stored).entries()) {
      addFactOfPerson(own, phones[row] ?? -1, {
        text: texts[row] ?? 0,
        at,
        until: until ?? Number.NaN,
        recordedAt: Number.NaN,
      });
    }
  });
}

const PreferenceRows = z.array(
  PreferenceRow.extend({
    at: z.date().transform((at) => at.getTime()),
    mac: z.instanceof(Buffer).nullable(),
  }),
);

/** Loads the call preferences that counted at the instant. Few people have any, so the rows are read one by one. */
export async function loadPreferences(
  client: PoolClient,
  { own, ids }: LoadedStore,
  { organizationId, at, keys }: Pick<FactQueryInput, "organizationId" | "at" | "keys">,
) {
  const { rows } = await client.query(
    `SELECT id, phone_id AS "phoneId", at, days, opens_at AS "opensAt", closes_at AS "closesAt",
       refused_dialers AS "refusedDialers", mac
     FROM call_preference WHERE organization_id = $1 AND at <= $2 ORDER BY at, id`,
    [organizationId, at],
  );
  for (const row of selectAuthenticPreferences(keys, organizationId, PreferenceRows.parse(rows))) {
    const phone = findId(ids, Buffer.from(row.phoneId.replaceAll("-", ""), "hex"), 0);
    if (phone === -1) throw new Error("a preference about an unknown phone");
    addFactOfPerson(own, phone, {
      text: indexText(own, factLetters.preferences + JSON.stringify(toCallPreferences(row))),
      at: Number.NaN,
      until: Number.NaN,
      recordedAt: Number.NaN,
    });
  }
}

function toStored({ texts }: FactStore, rows: CopyRows, row: number, text: number) {
  const suppression = texts[text];
  if (suppression?.kind !== "suppression") throw new Error(`text ${text} is not of a suppression`);
  const until = readInstant(rows, row, 2);
  const bytes = (column: number) => Buffer.from(readByteString(rows, row, column), "latin1");
  return {
    id: decodeId(bytes(5)) ?? "",
    phoneId: decodeId(bytes(0)) ?? "",
    reason: suppression.reason,
    at: readInstant(rows, row, 1),
    until: Number.isNaN(until) ? null : until,
    recordedAt: readInstant(rows, row, 3),
    mac: isNull(rows, row, 4) ? null : bytes(4),
  };
}

import { createIdIndex, indexId, indexNumber } from "@ringfence/core/calling/scrub";
import { findFewestCallsOfAnyCap, findGraceMs } from "@ringfence/core/calling/screening";
import type { RuleBook } from "@ringfence/core/people/jurisdiction";
import type { PoolClient } from "pg";
import {
  readByteString,
  copyRows,
  readDigits,
  readInstant,
  isNull,
  fieldStart,
} from "../../../platform/internal.ts";
import { loadConsents, loadPreferences, loadSuppressions } from "./load-authentic-facts.ts";
import {
  type LoadedStore,
  addFact,
  addFactOfPerson,
  isErased,
  createFactStore,
  reservePhone,
  assignErasedNumber,
  listPhonesOfPerson,
  indexText,
} from "./fact-store.ts";
import { factLetters } from "./fact-text.ts";
import {
  type CopyQuery,
  type FactQueryInput,
  createTextIndexer,
  createFactQueries,
  findPhoneIndexes,
} from "./fact-queries.ts";
import { verifyCorrections } from "../../../proof/record/internal.ts";
import { z } from "zod";

/**
 * Loads what an organization knows, over two connections that see the same instant. The second one loads the
 * registries while the first loads the phones, which all other facts need. Which phones belong to the same person is
 * loaded before the facts that count for all phones of a person.
 */
export async function loadFactStore<Registries>(
  first: PoolClient,
  second: PoolClient,
  snapshot: FactQueryInput & { books: readonly RuleBook[] },
  loadRegistries: (client: PoolClient) => Promise<Registries>,
): Promise<LoadedStore & { registries: Registries }> {
  const loaded = { own: createFactStore(), ids: createIdIndex() };
  const queries = createFactQueries(snapshot, await loadLiftedOptOuts(second, snapshot));
  const load = (
    client: PoolClient,
    kind: "contact" | "opt-out" | "permit" | "purchase" | "reassigned",
    add: typeof addFact,
  ) => loadFacts(client, queries[kind], loaded, factLetters[kind], add);

  /** Loads everything but consents. There are as many of them as of everything else. */
  const loadOthers = async () => {
    await loadOtherPhones(second, queries.otherPhones, loaded);
    await load(second, "contact", addFact);
    await load(second, "opt-out", addFactOfPerson);
    await loadSuppressions(second, queries.suppression, loaded, snapshot);
    await loadPreferences(second, loaded, snapshot);
    await load(second, "reassigned", addFact);
    await load(second, "purchase", addFact);
    const permitCounts = new Int32Array(loaded.own.phones.size);
    await load(second, "permit", (own, phone, fact) => {
      for (const one of listPhonesOfPerson(own, phone))
        permitCounts[one] = (permitCounts[one] ?? 0) + 1;
      addFactOfPerson(own, phone, fact);
    });
    const fewest = Math.min(...snapshot.books.map(findFewestCallsOfAnyCap));
    await loadCalls(second, queries.calls, loaded, { permitCounts, fewest });
  };

  const graceMs = Math.max(...snapshot.books.map(findGraceMs));
  const phones = loadPhones(first, queries.phones, loaded, graceMs);
  const onFirst = async () => {
    await phones;
    await loadConsents(first, queries.consent, loaded, snapshot);
  };
  const onSecond = async () => {
    const registries = await loadRegistries(second);
    await phones;
    await loadOthers();
    return registries;
  };
  const [registries] = await Promise.all([onSecond(), onFirst()]);
  return { ...loaded, registries };
}

async function loadPhones(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: LoadedStore,
  graceMs: number,
) {
  const findText = createTextIndexer(own, factLetters.line, 4);
  await copyRows(client, query, columns, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const isErased = isNull(rows, row, 1);
      const number = isErased
        ? assignErasedNumber(own, readByteString(rows, row, 2))
        : readDigits(rows, row, 1);
      const phone = indexNumber(own.phones, number);
      if (indexId(ids, rows.bytes, fieldStart(rows, row, 0)) !== phone) {
        throw new Error("a number belongs to two phones");
      }
      reservePhone(own, phone);
      if (isNull(rows, row, 4)) continue;
      const text = findText(rows, row);
      const at = readInstant(rows, row, 3);
      addFact(own, phone, { text, at, until: at + graceMs, recordedAt: Number.NaN });
    }
  });
}

async function loadOtherPhones(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: LoadedStore,
) {
  await copyRows(client, query, columns, (rows) => {
    const [phones, otherPhones] = [findPhoneIndexes(ids, rows, 0), findPhoneIndexes(ids, rows, 1)];
    for (const [row, phone] of phones.entries()) {
      const other = otherPhones[row] ?? -1;
      const known = own.otherPhones.get(phone);
      if (known) known.push(other);
      else own.otherPhones.set(phone, [other]);
    }
  });
}

async function loadFacts(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: LoadedStore,
  letter: string,
  add: typeof addFact,
) {
  const findText = createTextIndexer(own, letter, 4);
  await copyRows(client, query, columns, (rows) => {
    const phones = findPhoneIndexes(ids, rows, 0);
    for (let row = 0; row < rows.count; row++) {
      add(own, phones[row] ?? -1, {
        text: findText(rows, row),
        at: readInstant(rows, row, 1),
        until: readInstant(rows, row, 2),
        recordedAt: readInstant(rows, row, 3),
      });
    }
  });
}

/**
 * Loads the calls of people who were called so often that a cap may hold back the next call, counting calls
 * and permits (`permitCounts` has the number of permits for each phone's person, `fewest` the smallest number of calls
 * at which any cap refuses the next one). A number may have a second row, from which it was erased. The calls of both
 * rows count together, each call once; calls of an erased row are compared by their texts for that.
 */
async function loadCalls(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: LoadedStore,
  { permitCounts, fewest }: { permitCounts: Int32Array; fewest: number },
) {
  const phones: number[] = [];
  const times: number[] = [];
  const callCounts = Int32Array.from(permitCounts);
  let callsOfErased = 0;

  await copyRows(client, query, columns, (rows) => {
    for (const [row, phone] of findPhoneIndexes(ids, rows, 0).entries()) {
      phones.push(phone);
      times.push(readInstant(rows, row, 1));
      for (const one of listPhonesOfPerson(own, phone))
        callCounts[one] = (callCounts[one] ?? 0) + 1;
    }
  });
  for (const phone of phones) {
    if (listPhonesOfPerson(own, phone).some((one) => isErased(own, one))) callsOfErased++;
  }
  for (const [call, phone] of phones.entries()) {
    const person = listPhonesOfPerson(own, phone);
    const mayRepeat = person.some((one) => isErased(own, one));
    const text = indexText(own, mayRepeat ? `${factLetters.call}${call}` : factLetters.call);
    const fact = { text, at: times[call] ?? 0, until: Number.NaN, recordedAt: Number.NaN };
    for (const one of person) {
      if ((callCounts[one] ?? 0) + callsOfErased >= fewest) addFact(own, one, fact);
    }
  }
}

const CorrectionRows = z.array(
  z.object({
    optOutId: z.uuid(),
    phoneId: z.uuid(),
    correctionId: z.uuid(),
    at: z.date().transform((at) => at.getTime()),
    mac: z.instanceof(Buffer).nullable(),
  }),
);

/** Finds the few opt-outs that corrections with a valid MAC had lifted by the instant of a scrub. */
async function loadLiftedOptOuts(
  client: PoolClient,
  { organizationId, at, keys }: Pick<FactQueryInput, "organizationId" | "at" | "keys">,
): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT id AS "optOutId", phone_id AS "phoneId", correction_id AS "correctionId",
       corrected_at AS at, correction_mac AS mac
     FROM opt_out_known WHERE organization_id = $1 AND corrected_at <= $2`,
    [organizationId, at],
  );
  const corrections = CorrectionRows.parse(rows);
  const verified = verifyCorrections(keys, organizationId, corrections);
  return corrections.flatMap(({ optOutId }, index) => (verified[index] ? optOutId : []));
}

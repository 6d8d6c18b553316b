import { makeIdIndex, placeId, placeNumber } from "@ringfence/core/calling/scrub";
import { GRACE_MS } from "@ringfence/core/calling/screening";
import type { PoolClient } from "pg";
import {
  bytesIn,
  copyRows,
  digitsIn,
  instantIn,
  isNull,
  startIn,
} from "../../platform/copy-rows.ts";
import { loadConsents } from "./load-consents.ts";
import { loadLifted } from "./load-lifted.ts";
import { loadOwnCalls } from "./load-own-calls.ts";
import { loadSuppressions } from "./load-suppressions.ts";
import {
  addFact,
  addFactOfPerson,
  type Loaded,
  makeOwnFacts,
  makeRoomFor,
  numberOfErased,
  personOf,
} from "./own-facts.ts";
import { letterOf } from "./said.ts";
import { createTextIndexer } from "./text-indexer.ts";
import { phonesIn } from "./phone-in.ts";
import { type CopyQuery, ownQueries, type Snapshot } from "./own-queries.ts";

/** Reads what an organization knows, by two connections that see it at one instant. */
export async function loadOwnFacts(
  first: PoolClient,
  second: PoolClient,
  snapshot: Snapshot,
): Promise<Loaded> {
  const loaded = { own: makeOwnFacts(), ids: makeIdIndex() };
  const queries = ownQueries(snapshot, await loadLifted(second, snapshot));
  const load = (
    client: PoolClient,
    kind: "contact" | "opt-out" | "permit" | "reassigned",
    add: typeof addFact,
  ) => loadFacts(client, queries[kind], loaded, letterOf[kind], add);

  /** As much as consents are alone. */
  const loadOthers = async () => {
    await loadRelatives(second, queries.relatives, loaded);
    await load(second, "contact", addFact);
    await load(second, "opt-out", addFactOfPerson);
    await loadSuppressions(second, queries.suppression, loaded, snapshot);
    await load(second, "reassigned", addFact);
    const permitsOf = new Int32Array(loaded.own.phones.size);
    await load(second, "permit", (own, phone, fact) => {
      for (const one of personOf(own, phone)) permitsOf[one] = (permitsOf[one] ?? 0) + 1;
      addFactOfPerson(own, phone, fact);
    });
    await loadOwnCalls(second, queries.calls, loaded, permitsOf);
  };

  await loadPhones(first, queries.phones, loaded);
  await Promise.all([loadConsents(first, queries.consent, loaded, snapshot), loadOthers()]);
  return loaded;
}

async function loadPhones(client: PoolClient, { query, columns }: CopyQuery, { own, ids }: Loaded) {
  const saidIn = createTextIndexer(own, letterOf.line, 4);
  await copyRows(client, query, columns, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const isErased = isNull(rows, row, 1);
      const number = isErased ? numberOfErased(own, bytesIn(rows, row, 2)) : digitsIn(rows, row, 1);
      const phone = placeNumber(own.phones, number);
      if (placeId(ids, rows.bytes, startIn(rows, row, 0)) !== phone) {
        throw new Error("a number stands at two phones");
      }
      makeRoomFor(own, phone);
      if (isNull(rows, row, 4)) continue;
      const said = saidIn(rows, row);
      const at = instantIn(rows, row, 3);
      addFact(own, phone, { said, at, until: at + GRACE_MS, recordedAt: Number.NaN });
    }
  });
}

async function loadRelatives(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: Loaded,
) {
  await copyRows(client, query, columns, (rows) => {
    const [phones, relatives] = [phonesIn(ids, rows, 0), phonesIn(ids, rows, 1)];
    for (const [row, phone] of phones.entries()) {
      const relative = relatives[row] ?? -1;
      const known = own.relatives.get(phone);
      if (known) known.push(relative);
      else own.relatives.set(phone, [relative]);
    }
  });
}

async function loadFacts(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: Loaded,
  letter: string,
  add: typeof addFact,
) {
  const saidIn = createTextIndexer(own, letter, 4);
  await copyRows(client, query, columns, (rows) => {
    const phones = phonesIn(ids, rows, 0);
    for (let row = 0; row < rows.count; row++) {
      add(own, phones[row] ?? -1, {
        said: saidIn(rows, row),
        at: instantIn(rows, row, 1),
        until: instantIn(rows, row, 2),
        recordedAt: instantIn(rows, row, 3),
      });
    }
  });
}

import type { PoolClient } from "pg";
import {
  bytesIn,
  type CopyRows,
  copyRows,
  digitsIn,
  instantIn,
  isNull,
  startIn,
} from "./copy-rows.ts";
import { loadOwnCalls } from "./load-own-calls.ts";
import {
  addFact,
  addFactOfPerson,
  makeOwnFacts,
  numberOfErased,
  type OwnFacts,
  placePhone,
  placeText,
} from "./own-facts.ts";
import { letterOf } from "./said.ts";
import { phonesIn } from "./phone-in.ts";
import { type CopyQuery, ownQueries, type Snapshot } from "./own-queries.ts";

/** Reads what an organization knows, by two connections that see it at one instant. */
export async function loadOwnFacts(
  first: PoolClient,
  second: PoolClient,
  snapshot: Snapshot,
): Promise<OwnFacts> {
  const own = makeOwnFacts();
  const queries = ownQueries(snapshot);
  const load = (
    client: PoolClient,
    kind: "contact" | "consent" | "opt-out" | "suppression",
    add: typeof addFact,
  ) => loadFacts(client, queries[kind], own, letterOf[kind], add);

  /** As much as consents are alone. */
  const loadOthers = async () => {
    await loadRelatives(second, queries.relatives, own);
    await load(second, "contact", addFact);
    await load(second, "opt-out", addFactOfPerson);
    await load(second, "suppression", addFactOfPerson);
    await loadOwnCalls(second, queries.calls, own);
  };

  await loadPhones(first, queries.phones, own);
  await Promise.all([load(first, "consent", addFact), loadOthers()]);
  return own;
}

async function loadPhones(client: PoolClient, { query, columns }: CopyQuery, own: OwnFacts) {
  await copyRows(client, query, columns, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const isErased = isNull(rows, row, 1);
      const number = isErased ? numberOfErased(own, bytesIn(rows, row, 2)) : digitsIn(rows, row, 1);
      const phone = placePhone(own, number, rows.bytes, startIn(rows, row, 0));
      if (isNull(rows, row, 3)) continue;
      const said = saidFrom(own, letterOf.line, rows, row, 3);
      addFact(own, phone, { said, at: Number.NaN, until: Number.NaN, recordedAt: Number.NaN });
    }
  });
}

async function loadRelatives(client: PoolClient, { query, columns }: CopyQuery, own: OwnFacts) {
  await copyRows(client, query, columns, (rows) => {
    const [phones, relatives] = [phonesIn(own, rows, 0), phonesIn(own, rows, 1)];
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
  own: OwnFacts,
  letter: string,
  add: typeof addFact,
) {
  await copyRows(client, query, columns, (rows) => {
    const phones = phonesIn(own, rows, 0);
    for (let row = 0; row < rows.count; row++) {
      add(own, phones[row] ?? -1, {
        said: saidFrom(own, letter, rows, row, 4),
        at: instantIn(rows, row, 1),
        until: instantIn(rows, row, 2),
        recordedAt: instantIn(rows, row, 3),
      });
    }
  });
}

/** What the fields from a column on say, as they stand: a length in four bytes, then so many bytes. */
const saidFrom = (own: OwnFacts, letter: string, rows: CopyRows, row: number, column: number) =>
  placeText(
    own,
    letter + rows.bytes.toString("latin1", startIn(rows, row, column) - 4, rows.end[row]),
  );

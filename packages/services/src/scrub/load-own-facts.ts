import type { PoolClient } from "pg";
import { bytesIn, type CopyRow, copyRows, digitsIn, instantIn, isNull } from "./copy-rows.ts";
import { loadOwnCalls } from "./load-own-calls.ts";
import {
  addFact,
  addFactOfPerson,
  makeOwnFacts,
  numberOfErased,
  type OwnFacts,
  placePhone,
} from "./own-facts.ts";
import { letterOf } from "./said.ts";
import { phoneIn } from "./phone-in.ts";
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
  await copyRows(client, query, columns, (row) => {
    const number = isNull(row, 1) ? numberOfErased(own, bytesIn(row, 2)) : digitsIn(row, 1);
    const phone = placePhone(own, number, row.bytes, row.start[0] ?? 0);
    if (isNull(row, 3)) return;
    const text = letterOf.line + wordsFrom(row, 3);
    addFact(own, phone, { text, at: Number.NaN, until: Number.NaN, recordedAt: Number.NaN });
  });
}

async function loadRelatives(client: PoolClient, { query, columns }: CopyQuery, own: OwnFacts) {
  await copyRows(client, query, columns, (row) => {
    const [phone, relative] = [phoneIn(own, row, 0), phoneIn(own, row, 1)];
    const known = own.relatives.get(phone);
    if (known) known.push(relative);
    else own.relatives.set(phone, [relative]);
  });
}

async function loadFacts(
  client: PoolClient,
  { query, columns }: CopyQuery,
  own: OwnFacts,
  letter: string,
  add: typeof addFact,
) {
  await copyRows(client, query, columns, (row) => {
    add(own, phoneIn(own, row, 0), {
      text: letter + wordsFrom(row, 4),
      at: instantIn(row, 1),
      until: instantIn(row, 2),
      recordedAt: instantIn(row, 3),
    });
  });
}

/** The fields from a column on as they stand: a length in four bytes, then so many bytes. */
const wordsFrom = ({ bytes, start, end }: CopyRow, column: number) =>
  bytes.toString("latin1", (start[column] ?? 0) - 4, end);

import { placeNumber } from "@ringfence/core/scrub";
import type { PoolClient } from "pg";
import { bytesIn, type CopyRow, copyRows, digitsIn, instantIn, isNull } from "./copy-rows.ts";
import { addFact, makeOwnFacts, type OwnFacts, placeErased } from "./own-facts.ts";
import { type Kind, ownQueries, type Snapshot } from "./own-queries.ts";

/** The first letter of a fact's text, by its kind. */
export const letterOf = {
  line: "T",
  contact: "P",
  consent: "C",
  "opt-out": "O",
  suppression: "S",
  call: "L",
  listing: "R",
} as const satisfies Record<Kind | "listing", string>;

const kinds = ["line", "contact", "consent", "opt-out", "suppression", "call"] as const;

/** Reads what an organization knows, in the transaction of the client, so that all is of one instant. */
export async function loadOwnFacts(client: PoolClient, snapshot: Snapshot): Promise<OwnFacts> {
  const own = makeOwnFacts();
  const queries = ownQueries(snapshot);
  for (const kind of kinds) {
    const { query, columns } = queries[kind];
    await copyRows(client, query, columns, (row) => {
      addFact(own, phoneIn(own, row), {
        text: letterOf[kind] + wordsIn(row),
        at: instantIn(row, 2),
        until: instantIn(row, 3),
        recordedAt: instantIn(row, 4),
      });
    });
  }
  return own;
}

const phoneIn = (own: OwnFacts, row: CopyRow) =>
  isNull(row, 0) ? placeErased(own, bytesIn(row, 1)) : placeNumber(own.phones, digitsIn(row, 0));

/** The fields from the sixth on as they stand: a length in four bytes, then so many bytes. */
const wordsIn = ({ bytes, start, end }: CopyRow) =>
  start.length > 5 ? bytes.toString("latin1", (start[5] ?? 0) - 4, end) : "";

/** The words that a fact's text holds behind its letter; null for NULL. */
export function wordsOf(text: string): (string | null)[] {
  const bytes = Buffer.from(text.slice(1), "latin1");
  const words: (string | null)[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readInt32BE(at);
    at += 4;
    words.push(size === -1 ? null : bytes.toString("utf8", at, at + size));
    at += Math.max(0, size);
  }
  return words;
}

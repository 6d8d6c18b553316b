import type { PoolClient } from "pg";
import { bytesIn, type CopyRows, copyRows, instantIn, isNull } from "../../platform/copy-rows.ts";
import { findValidSpans } from "../../proof/record/suppression-mac.ts";
import { addFactOfPerson, type Loaded, type OwnFacts } from "./own-facts.ts";
import type { CopyQuery, Snapshot } from "./own-queries.ts";
import { phonesIn } from "./phone-in.ts";
import { letterOf } from "./said.ts";
import { createTextIndexer } from "./text-indexer.ts";
import { idOf } from "./words.ts";

/** Loads suppressions as they count: those that our code did not write have begun and have no end. */
export async function loadSuppressions(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: Loaded,
  { organizationId, keys }: Pick<Snapshot, "organizationId" | "keys">,
) {
  const indexText = createTextIndexer(own, letterOf.suppression, 6);
  await copyRows(client, query, columns, (rows) => {
    const phones = phonesIn(ids, rows, 0);
    const saids = Array.from(phones, (_, row) => indexText(rows, row));
    const stored = saids.map((said, row) => toStored(own, rows, row, said));
    for (const [row, { at, until }] of findValidSpans(keys, organizationId, stored).entries()) {
      addFactOfPerson(own, phones[row] ?? -1, {
        said: saids[row] ?? 0,
        at,
        until: until ?? Number.NaN,
        recordedAt: Number.NaN,
      });
    }
  });
}

function toStored({ said }: OwnFacts, rows: CopyRows, row: number, place: number) {
  const suppression = said[place];
  if (suppression?.kind !== "suppression") throw new Error(`text ${place} is not of a suppression`);
  const until = instantIn(rows, row, 2);
  const bytes = (column: number) => Buffer.from(bytesIn(rows, row, column), "latin1");
  return {
    id: idOf(bytes(5)) ?? "",
    phoneId: idOf(bytes(0)) ?? "",
    reason: suppression.reason,
    at: instantIn(rows, row, 1),
    until: Number.isNaN(until) ? null : until,
    recordedAt: instantIn(rows, row, 3),
    mac: isNull(rows, row, 4) ? null : bytes(4),
  };
}

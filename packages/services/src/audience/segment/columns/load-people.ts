import { Zone } from "@ringfence/core/platform/time";
import type { PoolClient } from "pg";
import { copyRows, integerIn } from "../../../platform/copy-rows.ts";
import type { Budget } from "./budget.ts";
import { makePlaces } from "./places.ts";
import { textIn } from "./read-field.ts";
import { growing } from "./rows-of-people.ts";

/** Whose places there are, and where they live. */
export type People = {
  ordinals: Int32Array;
  placeOf: (ordinal: number) => number;
  zones: Uint16Array;
  zoneNames: string[];
};

export async function loadPeople(
  client: PoolClient,
  query: string,
  budget: Budget,
): Promise<People> {
  const ordinals = growing((length) => new Int32Array(length), budget);
  const zones = growing((length) => new Uint16Array(length), budget);
  const zoneNames = [""];
  const codes = new Map<string, number>();
  let count = 0;
  await copyRows(client, query, 2, (rows) => {
    for (let row = 0; row < rows.count; row++, count++) {
      ordinals.put(count, integerIn(rows, row, 0));
      const name = textIn(rows, row, 1);
      const code = codes.get(name) ?? (Zone.safeParse(name).success ? zoneNames.push(name) - 1 : 0);
      codes.set(name, code);
      zones.put(count, code);
    }
  });
  const all = ordinals.column.slice(0, count);
  budget.take(all.byteLength);
  return {
    ordinals: all,
    placeOf: makePlaces(all),
    zones: zones.column.slice(0, count),
    zoneNames,
  };
}

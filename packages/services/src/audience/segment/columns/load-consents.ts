import type { Consents, Said } from "@ringfence/core/audience/segment/columns";
import type { PoolClient } from "pg";
import { makeByteIndex } from "../../../calling/scrub/byte-index.ts";
import { copyRows, instantIn, integerIn, startIn } from "../../../platform/copy-rows.ts";
import type { Budget } from "./budget.ts";
import type { People } from "./load-people.ts";
import { growing } from "./rows-of-people.ts";
import { z } from "zod";

const SaidText = z.tuple([z.string(), z.string(), z.array(z.string()), z.array(z.string())]);

/** What was said of phones, person by person and of each phone by phone: the rows come in this order. */
export async function loadConsents(
  client: PoolClient,
  query: string,
  { placeOf, ordinals }: People,
  budget: Budget,
): Promise<Consents> {
  const floats = () => growing((length) => new Float64Array(length), budget);
  const [at, until, voidSince] = [floats(), floats(), floats()];
  const begins = growing((length) => new Uint8Array(length), budget);
  const said = growing((length) => new Uint16Array(length), budget);
  const first = new Uint32Array(ordinals.length + 1);
  const known: Said[] = [];
  const find = makeByteIndex((bytes) => {
    const [type, sellerId, purposes, channels] = SaidText.parse(JSON.parse(bytes.toString()));
    return known.push({ type, sellerId, purposes, channels }) - 1;
  });
  let [count, before] = [0, ""];
  await copyRows(client, query, 6, (rows) => {
    for (let row = 0; row < rows.count; row++, count++) {
      const place = placeOf(integerIn(rows, row, 0));
      first[place + 1] = (first[place + 1] ?? 0) + 1;
      const phone = startIn(rows, row, 1);
      const owned = `${place} ${rows.bytes.toString("latin1", phone, phone + UUID_BYTES)}`;
      begins.put(count, Number(owned !== before));
      before = owned;
      at.put(count, instantIn(rows, row, 2));
      until.put(count, orNever(instantIn(rows, row, 3)));
      voidSince.put(count, orNever(instantIn(rows, row, 4)));
      said.put(count, find(rows.bytes, rows.view, startIn(rows, row, 5), rows.end[row] ?? 0));
    }
  });
  for (let place = 0; place < ordinals.length; place++) {
    first[place + 1] = (first[place + 1] ?? 0) + (first[place] ?? 0);
  }
  return {
    first,
    begins: begins.column.slice(0, count),
    at: at.column.slice(0, count),
    until: until.column.slice(0, count),
    voidSince: voidSince.column.slice(0, count),
    said: said.column.slice(0, count),
    known,
  };
}

const UUID_BYTES = 16;
const orNever = (instant: number) => (Number.isNaN(instant) ? Infinity : instant);

import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { copyRows, integerIn, startIn } from "../../platform/copy-rows.ts";

/** Phones and whose they are, in columns, for there may be millions. */
export type PhonesOfPeople = {
  /** 16 bytes each. */
  ids: Uint8Array;
  /** The place of the person among those who were asked about. */
  people: Int32Array;
  count: number;
};

/** The phones of people, who are given by their ordinals. */
export async function phonesOfPeople(
  { pool }: Db,
  organizationId: OrganizationId,
  ordinals: readonly number[],
): Promise<PhonesOfPeople> {
  const placeOf = placesByOrdinal(ordinals);
  const phones = { ids: new Uint8Array(16 * 1_024), people: new Int32Array(1_024), count: 0 };
  const query = `SELECT contact_ordinal, phone_id FROM contact_phone
    WHERE organization_id = '${organizationId}'::uuid`;
  const client = await pool.connect();
  try {
    await copyRows(client, query, 2, (rows) => {
      for (let row = 0; row < rows.count; row++) {
        const person = placeOf(integerIn(rows, row, 0));
        if (person === -1) continue;
        if (phones.count === phones.people.length) grow(phones);
        const from = startIn(rows, row, 1);
        phones.ids.set(rows.bytes.subarray(from, from + 16), phones.count * 16);
        phones.people[phones.count++] = person;
      }
    });
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  return phones;
}

function grow(phones: PhonesOfPeople) {
  const [ids, people] = [
    new Uint8Array(phones.ids.length * 2),
    new Int32Array(phones.people.length * 2),
  ];
  ids.set(phones.ids);
  people.set(phones.people);
  Object.assign(phones, { ids, people });
}

/** Ordinals lie close together: an array of all between them takes less than a map. */
function placesByOrdinal(ordinals: readonly number[]) {
  const first = ordinals.reduce((least, ordinal) => Math.min(least, ordinal), Infinity);
  const last = ordinals.reduce((most, ordinal) => Math.max(most, ordinal), -1);
  const places = new Int32Array(Math.max(0, last - first + 1)).fill(-1);
  for (const [place, ordinal] of ordinals.entries()) places[ordinal - first] = place;
  return (ordinal: number) => places[ordinal - first] ?? -1;
}

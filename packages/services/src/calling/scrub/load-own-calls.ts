import { toCap, ruleBook } from "@ringfence/core/people/jurisdiction";
import type { PoolClient } from "pg";
import { copyRows, instantIn } from "../../platform/copy-rows.ts";
import { phonesIn } from "./phone-in.ts";
import { letterOf } from "./said.ts";
import { addFact, isErased, type Loaded, personOf, placeText } from "./own-facts.ts";
import type { CopyQuery } from "./own-queries.ts";

/** Fewer calls than the smallest cap allows hold back nobody. */
const fewestCallsThatCount = Math.min(
  ...ruleBook.rules.flatMap((rule) => (rule.type === "frequency_cap" ? toCap(rule).max : [])),
);

/**
 * Loads the calls of people who were called so often that a cap may hold back the next call, counting calls
 * and permits (`permitsOf` has the number of permits for each phone's person). A number may also have an
 * erased row, and is found by both. Their calls count together, each once, so calls reached through an erased
 * row are told apart by their texts.
 */
export async function loadOwnCalls(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: Loaded,
  permitsOf: Int32Array,
) {
  const phones: number[] = [];
  const times: number[] = [];
  const callsOf = Int32Array.from(permitsOf);
  let callsOfErased = 0;

  await copyRows(client, query, columns, (rows) => {
    for (const [row, phone] of phonesIn(ids, rows, 0).entries()) {
      phones.push(phone);
      times.push(instantIn(rows, row, 1));
      for (const one of personOf(own, phone)) callsOf[one] = (callsOf[one] ?? 0) + 1;
    }
  });
  for (const phone of phones) {
    if (personOf(own, phone).some((one) => isErased(own, one))) callsOfErased++;
  }
  for (const [call, phone] of phones.entries()) {
    const person = personOf(own, phone);
    const isTold = person.some((one) => isErased(own, one));
    const text = isTold ? `${letterOf.call}${call}` : letterOf.call;
    const said = placeText(own, text);
    const fact = { said, at: times[call] ?? 0, until: Number.NaN, recordedAt: Number.NaN };
    for (const one of person) {
      if ((callsOf[one] ?? 0) + callsOfErased >= fewestCallsThatCount) addFact(own, one, fact);
    }
  }
}

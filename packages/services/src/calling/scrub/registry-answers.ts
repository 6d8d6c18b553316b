import {
  areaOf,
  BLOCK_SIZE,
  hasNumber,
  makeNumberLookup,
  type NumberSet,
} from "@ringfence/core/do-not-call/registry";
import type { ScrubRegistry } from "./snapshot.ts";

/** So many registries' answers make a number below 2^26: 3^16 is less. */
const GROUP_SIZE = 16;

/** What a group of registries say of many numbers: a number for each of these, below 2^26. */
export type Answers = (numbers: Float64Array) => Int32Array<ArrayBuffer>;

/** Registries in groups whose answers make a number each; one group at least. */
export const answersOf = (registries: readonly ScrubRegistry[]): Answers[] =>
  Array.from({ length: Math.max(1, Math.ceil(registries.length / GROUP_SIZE)) }, (_, group) =>
    answersOfGroup(registries.slice(group * GROUP_SIZE, (group + 1) * GROUP_SIZE)),
  );

const UNANSWERED = 2; // else 1 where it is listed, and 0

function answersOfGroup(group: readonly ScrubRegistry[]): Answers {
  const lookups = group.map(({ numbers, areas, answered }) => ({
    look: makeNumberLookup(numbers),
    areas,
    answered,
  }));
  let said = new Uint8Array(0);
  return (numbers) => {
    const answers = new Int32Array(numbers.length);
    if (said.length < numbers.length) said = new Uint8Array(numbers.length);
    for (const { look, areas, answered } of lookups) {
      look(numbers, said);
      if (answered !== null) leaveUnanswered(numbers, answered, said);
      if (areas !== null) leaveOut(numbers, areas, said);
      for (let row = 0; row < answers.length; row++) {
        answers[row] = (answers[row] ?? 0) * 3 + (said[row] ?? 0);
      }
    }
    return answers;
  };
}

/** One that is in an edition because nobody asked about it is not listed for that. */
function leaveUnanswered(numbers: Float64Array, answered: NumberSet, said: Uint8Array) {
  for (let row = 0; row < numbers.length; row++) {
    if (said[row] === 1 && !hasNumber(answered, numbers[row] ?? 0)) said[row] = UNANSWERED;
  }
}

/** What a registry says of numbers for which it does not answer is nothing. */
function leaveOut(numbers: Float64Array, areas: ReadonlySet<number>, said: Uint8Array) {
  for (let row = 0; row < numbers.length; row++) {
    if (!areas.has(areaOf(Math.floor((numbers[row] ?? 0) / BLOCK_SIZE)))) said[row] = UNANSWERED;
  }
}

import { type NumberIndex, findNumbers } from "@ringfence/core/calling/scrub";
import type { ScrubRegistry } from "./snapshot.ts";
import {
  BLOCK_SIZE,
  type NumberSet,
  toArea,
  hasNumber,
  createNumberLookup,
} from "@ringfence/core/do-not-call/registry";

/** For each number: the index of its phone, or -1, and the answer of each group of registries. */
export type LookupResult = { phones: Int32Array<ArrayBuffer>; answers: Int32Array<ArrayBuffer>[] };

/** The sources in which numbers are looked up: the organization's phones, and its registries. */
export type LookupSources = { phones: NumberIndex; registries: readonly ScrubRegistry[] };

/**
 * Creates a function that looks numbers up in memory that the threads share. Most of its time is waiting for
 * memory. It needs no other state and changes nothing, so any thread can run it.
 */
export function createLookup({ phones, registries }: LookupSources) {
  const groups = createRegistryAnswers(registries);
  return (digits: Float64Array): LookupResult => {
    const found = new Int32Array(digits.length);
    findNumbers(phones, digits, found);
    return { phones: found, answers: groups.map((answer) => answer(digits)) };
  };
}

/** Answers of this many registries fit a number below 2^26, because 3^16 is less. */
const GROUP_SIZE = 16;

/** Returns the answers of a group of registries about many numbers, folded into one number below 2^26 each. */
type Answers = (numbers: Float64Array) => Int32Array<ArrayBuffer>;

/** Divides registries into groups, at least one, whose answers fold into one number each. */
const createRegistryAnswers = (registries: readonly ScrubRegistry[]): Answers[] =>
  Array.from({ length: Math.max(1, Math.ceil(registries.length / GROUP_SIZE)) }, (_, group) =>
    createGroupAnswers(registries.slice(group * GROUP_SIZE, (group + 1) * GROUP_SIZE)),
  );

/** A registry answers 0 for not listed, 1 for listed, and this if it says nothing about the number. */
const UNANSWERED = 2;

function createGroupAnswers(group: readonly ScrubRegistry[]): Answers {
  const lookups = group.map(({ numbers, areas, answered }) => ({
    look: createNumberLookup(numbers),
    areas,
    answered,
  }));
  let listed = new Uint8Array(0);
  return (numbers) => {
    const answers = new Int32Array(numbers.length);
    if (listed.length < numbers.length) listed = new Uint8Array(numbers.length);
    for (const { look, areas, answered } of lookups) {
      look(numbers, listed);
      if (answered !== null) markUnanswered(numbers, answered, listed);
      if (areas !== null) markOutsideAreas(numbers, areas, listed);
      for (let row = 0; row < answers.length; row++) {
        answers[row] = (answers[row] ?? 0) * 3 + (listed[row] ?? 0);
      }
    }
    return answers;
  };
}

/** Marks numbers that nobody asked about as unanswered: the edition has them, but they are not listed. */
function markUnanswered(numbers: Float64Array, answered: NumberSet, listed: Uint8Array) {
  for (let row = 0; row < numbers.length; row++) {
    if (listed[row] === 1 && !hasNumber(answered, numbers[row] ?? 0)) listed[row] = UNANSWERED;
  }
}

/** Marks numbers outside the area codes for which the registry answers. */
function markOutsideAreas(numbers: Float64Array, areas: ReadonlySet<number>, listed: Uint8Array) {
  for (let row = 0; row < numbers.length; row++) {
    if (!areas.has(toArea(Math.floor((numbers[row] ?? 0) / BLOCK_SIZE)))) listed[row] = UNANSWERED;
  }
}

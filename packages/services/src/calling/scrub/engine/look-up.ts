import { type NumberIndex, findNumbers } from "@ringfence/core/calling/scrub";
import type { ScrubRegistry } from "./snapshot.ts";
import {
  BLOCK_SIZE,
  type NumberSet,
  toArea,
  hasNumber,
  createNumberLookup,
} from "@ringfence/core/do-not-call/registry";

/** Of numbers: the places of their phones, -1 where they have none, and what each group of registries says. */
export type LookupResult = { live: Int32Array<ArrayBuffer>; answers: Int32Array<ArrayBuffer>[] };

/** The phones of an organization, and registries. */
export type LookupSources = { phones: NumberIndex; registries: readonly ScrubRegistry[] };

/**
 * Looks numbers up in what threads share. Most of that is waiting for memory; nothing else has to be known
 * for it, and it changes nothing, so that any thread can do it.
 */
export function createLookup({ phones, registries }: LookupSources) {
  const asked = createRegistryAnswers(registries);
  return (digits: Float64Array): LookupResult => {
    const live = new Int32Array(digits.length);
    findNumbers(phones, digits, live);
    return { live, answers: asked.map((ask) => ask(digits)) };
  };
}

/** So many registries' answers make a number below 2^26: 3^16 is less. */
const GROUP_SIZE = 16;

/** What a group of registries say of many numbers: a number for each of these, below 2^26. */
type Answers = (numbers: Float64Array) => Int32Array<ArrayBuffer>;

/** Registries in groups whose answers make a number each; one group at least. */
const createRegistryAnswers = (registries: readonly ScrubRegistry[]): Answers[] =>
  Array.from({ length: Math.max(1, Math.ceil(registries.length / GROUP_SIZE)) }, (_, group) =>
    createGroupAnswers(registries.slice(group * GROUP_SIZE, (group + 1) * GROUP_SIZE)),
  );

const UNANSWERED = 2;

// else 1 where it is listed, and 0

function createGroupAnswers(group: readonly ScrubRegistry[]): Answers {
  const lookups = group.map(({ numbers, areas, answered }) => ({
    look: createNumberLookup(numbers),
    areas,
    answered,
  }));
  let said = new Uint8Array(0);
  return (numbers) => {
    const answers = new Int32Array(numbers.length);
    if (said.length < numbers.length) said = new Uint8Array(numbers.length);
    for (const { look, areas, answered } of lookups) {
      look(numbers, said);
      if (answered !== null) markUnanswered(numbers, answered, said);
      if (areas !== null) markOutsideAreas(numbers, areas, said);
      for (let row = 0; row < answers.length; row++) {
        answers[row] = (answers[row] ?? 0) * 3 + (said[row] ?? 0);
      }
    }
    return answers;
  };
}

/** One that is in an edition because nobody asked about it is not listed for that. */
function markUnanswered(numbers: Float64Array, answered: NumberSet, said: Uint8Array) {
  for (let row = 0; row < numbers.length; row++) {
    if (said[row] === 1 && !hasNumber(answered, numbers[row] ?? 0)) said[row] = UNANSWERED;
  }
}

/** What a registry says of numbers for which it does not answer is nothing. */
function markOutsideAreas(numbers: Float64Array, areas: ReadonlySet<number>, said: Uint8Array) {
  for (let row = 0; row < numbers.length; row++) {
    if (!areas.has(toArea(Math.floor((numbers[row] ?? 0) / BLOCK_SIZE)))) said[row] = UNANSWERED;
  }
}

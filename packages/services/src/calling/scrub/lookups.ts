import { findNumbers, type NumberIndex } from "@ringfence/core/calling/scrub";
import { answersOf } from "./registry-answers.ts";
import type { ScrubRegistry } from "./snapshot.ts";

/** Of numbers: the places of their phones, -1 where they have none, and what each group of registries says. */
export type Found = { live: Int32Array<ArrayBuffer>; answers: Int32Array<ArrayBuffer>[] };

/** The phones of an organization, and registries. */
export type LookedUpIn = { phones: NumberIndex; registries: readonly ScrubRegistry[] };

/**
 * Looks numbers up in what threads share. Most of that is waiting for memory; nothing else has to be known
 * for it, and it changes nothing, so that any thread can do it.
 */
export function makeLookups({ phones, registries }: LookedUpIn) {
  const asked = answersOf(registries);
  return (digits: Float64Array): Found => {
    const live = new Int32Array(digits.length);
    findNumbers(phones, digits, live);
    return { live, answers: asked.map((ask) => ask(digits)) };
  };
}

import { areaOf, BLOCK_SIZE, hasNumber } from "@ringfence/core/registry";
import type { ScrubRegistry } from "./snapshot.ts";

/** So many registries' answers make a number below 2^26: 3^16 is less. */
const GROUP_SIZE = 16;

/** Registries in groups whose answers make a number each; one at least. */
export const groupsOf = (registries: readonly ScrubRegistry[]) =>
  Array.from({ length: Math.max(1, Math.ceil(registries.length / GROUP_SIZE)) }, (_, group) =>
    registries.slice(group * GROUP_SIZE, (group + 1) * GROUP_SIZE),
  );

/** What a group of registries say of a number, together. */
export function answersOf(group: readonly ScrubRegistry[], digits: number): number {
  let answers = 0;
  for (const registry of group) answers = answers * 3 + answerOf(registry, digits);
  return answers;
}

const [UNLISTED, LISTED, UNANSWERED] = [0, 1, 2];

function answerOf({ numbers, areas }: ScrubRegistry, digits: number): number {
  if (areas !== null && !areas.has(areaOf(Math.floor(digits / BLOCK_SIZE)))) return UNANSWERED;
  return hasNumber(numbers, digits) ? LISTED : UNLISTED;
}

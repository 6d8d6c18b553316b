import type { Message } from "../../platform/message/index.ts";
import type { AreaCounts, Edition } from "./edition.ts";
import { lookUpPlan } from "../../people/phone/index.ts";
import { BLOCK_SIZE } from "./numbers/blocks.ts";
import { type NumberSet, blockNumbersIn } from "./numbers/number-set.ts";

/** A registry as it is, or as it would be. */
export type RegistryState = {
  /** The number of the edition in force; 0 before the first. */
  edition: number;
  /** Whether changes have nothing to build on: before the first list, and after a return until a full one was read. */
  needsFullList: boolean;
  listed: number;
  areas: AreaCounts;
  publishedOn: string | null;
  /** The last instant of which changes told, where the edition is one of changes. */
  changedUntil: Date | null;
};

/** An edition that was in force before, and has the very same files. */
export type EarlierEdition = { number: number; readAt: Date };

/**
 * Whether `after` numbers may replace `before`.
 *
 * Registries grow. One that is empty, or shrinks by much, is a truncated download far more often
 * than good news, and applying it would let forbidden calls through.
 */
export const isPlausible = (before: number, after: number, maxShrinkShare: number) =>
  after > 0 && after >= before * (1 - maxShrinkShare);

type Guard = {
  maxShrinkShare: number;
  repeats: EarlierEdition | null;
  /** The last day that it can be anywhere now. */
  latestDay: string;
};

/** Why a person has to look before the edition is applied; null when nothing is odd about it. */
export function editionFault(
  edition: Pick<Edition, "kind" | "isAnswer" | "added" | "region" | "changedUntil">,
  before: RegistryState,
  after: Pick<RegistryState, "listed" | "areas" | "publishedOn">,
  { maxShrinkShare, repeats, latestDay }: Guard,
): Message | null {
  const { kind, isAnswer } = edition;
  // It is made here, of answers: nothing of it can be cut off, and the same may come again.
  if (kind === "full" && isAnswer) return null;
  if (kind === "change" && !isAnswer && before.needsFullList)
    return { key: "registry.held.no-full-list" };
  if (repeats !== null) {
    const mayRepeat = kind === "full" || isAnswer;
    const key = mayRepeat ? "registry.held.repeated" : "registry.held.repeated-changes";
    return { key, values: repeats };
  }
  if (after.publishedOn !== null && after.publishedOn > latestDay) {
    return { key: "registry.held.future", values: { after: after.publishedOn } };
  }
  const disorder = orderFault(edition.changedUntil, before.changedUntil);
  if (disorder) return disorder;
  // Nobody of those who were asked about is listed, and nobody was.
  if (isAnswer && before.listed === 0 && after.listed === 0) return null;
  if (after.listed === 0) return { key: "registry.held.empty" };
  if (
    before.publishedOn !== null &&
    (after.publishedOn ?? before.publishedOn) < before.publishedOn
  ) {
    const values = { before: before.publishedOn, after: after.publishedOn ?? "" };
    return { key: "registry.held.older", values };
  }
  if (!isPlausible(before.listed, after.listed, maxShrinkShare)) {
    const values = { before: before.listed, after: after.listed, share: maxShrinkShare };
    return { key: "registry.held.shrunk", values };
  }
  return areaFault(before.areas, after.areas, maxShrinkShare) ?? regionFault(edition);
}

/** Changes that end before those in force would undo what came later. */
function orderFault(after: Date | null, before: Date | null): Message | null {
  if (after === null || before === null || after >= before) return null;
  return {
    key: "registry.held.out-of-order",
    values: { before: told(before), after: told(after) },
  };
}

/** By the publisher's own clock, which has no zone. */
const told = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");

/** Most of what a list of another country's registry names lies in other blocks. */
function regionFault({ added, region }: Pick<Edition, "added" | "region">): Message | null {
  const blocks = blocksByRegion(added);
  const [first] = [...blocks].toSorted(([, a], [, b]) => b - a);
  if (first === undefined || first[0] === region) return null;
  const [found, count] = first;
  const all = [...blocks.values()].reduce((sum, some) => sum + some, 0);
  if (count * 2 <= all) return null;
  return { key: "registry.held.other-region", values: { region, found } };
}

/** A file that was cut off, or is missing, among hundreds hardly changes the whole. */
function areaFault(before: AreaCounts, after: AreaCounts, share: number): Message | null {
  if (Object.keys(after).length === 0) return null;

  for (const [area, listed] of Object.entries(before)) {
    const now = after[area];
    if (now === undefined)
      return { key: "registry.held.area-missing", values: { area: `+${area}` } };
    if (listed > 0 && !isPlausible(listed, now, share)) {
      const values = { area: `+${area}`, before: listed, after: now, share };
      return { key: "registry.held.area-shrunk", values };
    }
  }
  return null;
}

/** Changes need what they change, and nothing that came after them. */
const final: ReadonlySet<Message["key"]> = new Set<Message["key"]>([
  "registry.held.no-full-list",
  "registry.held.repeated-changes",
  "registry.held.out-of-order",
]);

/** Whether an officer may let an edition pass that has this fault. */
export const isAcceptable = ({ key }: Message) => !final.has(key);

/** How many blocks of a set lie in each country (ISO 3166-1), where the numbering plan tells one. */
function blocksByRegion(set: NumberSet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of blockNumbersIn(set)) {
    const { country } = lookUpPlan(block * BLOCK_SIZE);
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return counts;
}

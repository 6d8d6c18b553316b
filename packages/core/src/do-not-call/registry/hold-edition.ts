import type { Message } from "../../platform/message/index.ts";
import type { AreaCounts, Edition } from "./edition.ts";
import { lookUpPlan } from "../../people/phone/index.ts";
import { BLOCK_SIZE } from "./numbers/blocks.ts";
import { type NumberSet, blockNumbersIn } from "./numbers/number-set.ts";

/** The state of a registry, as it is or as an edition would make it. */
export type RegistryState = {
  /** The number of the edition in force; 0 before the first. */
  edition: number;
  /** True if changes have nothing to build on: before the first list, and after a rollback until a full list was read. */
  needsFullList: boolean;
  listed: number;
  areas: AreaCounts;
  publishedOn: string | null;
  /** The latest instant among the changes, if the edition in force was a change list. */
  changedUntil: Date | null;
};

/** A previous edition with exactly the same files. */
export type EarlierEdition = { number: number; readAt: Date };

/**
 * Tells if a list of `after` numbers may replace one of `before`.
 *
 * Registries grow. An empty list, or one that shrank a lot, is far more often a truncated download than good
 * news, and applying it would let forbidden calls through.
 */
export const isPlausible = (before: number, after: number, maxShrinkShare: number) =>
  after > 0 && after >= before * (1 - maxShrinkShare);

type HoldLimits = {
  maxShrinkShare: number;
  repeats: EarlierEdition | null;
  /** The latest calendar day anywhere in the world now. */
  latestDay: string;
};

/** Finds the reason to hold an edition until an officer has reviewed it; null if it can be applied. */
export function findHoldReason(
  edition: Pick<Edition, "kind" | "isFromAnswers" | "added" | "region" | "changedUntil">,
  before: RegistryState,
  after: Pick<RegistryState, "listed" | "areas" | "publishedOn">,
  { maxShrinkShare, repeats, latestDay }: HoldLimits,
): Message | null {
  const { kind, isFromAnswers } = edition;
  // Made by us from answers: it cannot be truncated, and the same one may come again.
  if (kind === "full" && isFromAnswers) return null;
  if (kind === "change" && !isFromAnswers && before.needsFullList)
    return { key: "registry.held.no-full-list" };
  if (repeats !== null) {
    const mayRepeat = kind === "full" || isFromAnswers;
    const key = mayRepeat ? "registry.held.repeated" : "registry.held.repeated-changes";
    return { key, values: repeats };
  }
  if (after.publishedOn !== null && after.publishedOn > latestDay) {
    return { key: "registry.held.future", values: { after: after.publishedOn } };
  }
  const disorder = findOrderFault(edition.changedUntil, before.changedUntil);
  if (disorder) return disorder;
  // An empty list of answers is normal if it was empty before.
  if (isFromAnswers && before.listed === 0 && after.listed === 0) return null;
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
  return findAreaFault(before.areas, after.areas, maxShrinkShare) ?? findRegionFault(edition);
}

/** Finds changes that end before those already in force: they would undo later changes. */
function findOrderFault(after: Date | null, before: Date | null): Message | null {
  if (after === null || before === null || after >= before) return null;
  return {
    key: "registry.held.out-of-order",
    values: { before: formatPublisherTime(before), after: formatPublisherTime(after) },
  };
}

/** Formats a publisher's time, which has no time zone. */
const formatPublisherTime = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");

/** Finds out if most of the listed numbers belong to another country. */
function findRegionFault({ added, region }: Pick<Edition, "added" | "region">): Message | null {
  const blocks = countBlocksByRegion(added);
  const [first] = [...blocks].toSorted(([, a], [, b]) => b - a);
  if (first === undefined || first[0] === region) return null;
  const [found, count] = first;
  const all = [...blocks.values()].reduce((sum, some) => sum + some, 0);
  if (count * 2 <= all) return null;
  return { key: "registry.held.other-region", values: { region, found } };
}

/** Checks each area, because one truncated or missing file among hundreds hardly changes the total. */
function findAreaFault(before: AreaCounts, after: AreaCounts, share: number): Message | null {
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

/** Reasons that no officer can overrule: changes need the list that they change, and must come in order. */
const faultsThatStay: ReadonlySet<Message["key"]> = new Set<Message["key"]>([
  "registry.held.no-full-list",
  "registry.held.repeated-changes",
  "registry.held.out-of-order",
]);

/** True if an officer may accept an edition that is held for this reason. */
export const isAcceptable = ({ key }: Message) => !faultsThatStay.has(key);

/** Counts the blocks of a set per country (ISO 3166-1), if the numbering plan names one. */
function countBlocksByRegion(set: NumberSet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of blockNumbersIn(set)) {
    const { country } = lookUpPlan(block * BLOCK_SIZE);
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return counts;
}

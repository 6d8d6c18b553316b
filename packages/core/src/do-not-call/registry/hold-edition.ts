import type { Message } from "../../platform/message/index.ts";
import type { AreaCounts, Edition } from "./edition.ts";
import { lookUpPlan } from "../../people/phone/index.ts";
import { BLOCK_SIZE } from "./numbers/blocks.ts";
import { type NumberSet, blockNumbersIn } from "./numbers/number-set.ts";

/** The state of a registry, as it is or as an edition would make it. */
export type RegistryState = {
  /** The number of the edition in force; 0 before the first. */
  edition: number;
  /** True if there is no full list to apply changes to: before the first, and after a rollback until the next. */
  needsFullList: boolean;
  listed: number;
  /** Count of listed numbers in each area: by calling code and area code. */
  areas: AreaCounts;
  publishedOn: string | null;
  /** Time of the latest change by the publisher's clock, if the edition in force is a change list. */
  changedUntil: Date | null;
};

/** A previous edition with exactly the same files. */
export type EarlierEdition = { number: number; readAt: Date };

/**
 * True if it is plausible that a list of `before` numbers now has `after` numbers.
 *
 * Registries grow. An empty list, or one that shrank a lot, is far more likely a truncated download than a real
 * change, and applying it would let forbidden calls through.
 */
export const isPlausibleSize = (before: number, after: number, maxShrinkShare: number) =>
  after > 0 && after >= before * (1 - maxShrinkShare);

/**
 * True if it is plausible that an allow list of `before` numbers now has `after` numbers. One that grew a lot may be
 * another file, and applying it would let forbidden calls through; a shorter one only refuses more.
 */
const isPlausibleAllowList = (before: RegistryState, after: number, maxGrowthShare: number) =>
  before.edition === 0 || after <= before.listed * (1 + maxGrowthShare);

type HoldLimits = {
  /** Share of the listed numbers that may disappear at once, or, for an allow list, be added. */
  maxShrinkShare: number;
  /** True if the registry lists who may be called. */
  isAllowList: boolean;
  /** The earlier edition that this one repeats; null if it is the first with these files. */
  repeats: EarlierEdition | null;
  /** The latest day that an edition may bear: none that has begun anywhere in the world is later. */
  latestDay: string;
};

/**
 * Finds the reason to hold an edition instead of applying it; null if it can be applied. `isAcceptable` says
 * whether an officer may release it.
 */
export function findHoldReason(
  edition: Pick<Edition, "kind" | "isFromAnswers" | "added" | "region" | "changedUntil">,
  before: RegistryState,
  after: Pick<RegistryState, "listed" | "areas" | "publishedOn">,
  { maxShrinkShare, isAllowList, repeats, latestDay }: HoldLimits,
): Message | null {
  const { kind, isFromAnswers } = edition;
  // Built from the answers to look-ups of numbers: it cannot be truncated, and may be the same as before.
  if (kind === "full" && isFromAnswers) return null;
  if (kind === "change" && !isFromAnswers && before.needsFullList)
    return { key: "registry.held.no-full-list" };
  if (repeats !== null) {
    const isRepeatAcceptable = kind === "full" || isFromAnswers;
    const key = isRepeatAcceptable ? "registry.held.repeated" : "registry.held.repeated-changes";
    return { key, values: repeats };
  }
  if (after.publishedOn !== null && after.publishedOn > latestDay) {
    return { key: "registry.held.future", values: { after: after.publishedOn } };
  }
  const orderFault = findOrderFault(edition.changedUntil, before.changedUntil);
  if (orderFault) return orderFault;
  // Changes built from answers may leave an empty list empty.
  if (isFromAnswers && before.listed === 0 && after.listed === 0) return null;
  if (after.listed === 0 && !isAllowList) return { key: "registry.held.empty" };
  if (
    after.publishedOn !== null &&
    before.publishedOn !== null &&
    after.publishedOn < before.publishedOn
  ) {
    const values = { after: after.publishedOn, before: before.publishedOn };
    return { key: "registry.held.older", values };
  }
  if (isAllowList) {
    if (isPlausibleAllowList(before, after.listed, maxShrinkShare)) return findRegionFault(edition);
    const values = { before: before.listed, after: after.listed, share: maxShrinkShare };
    return { key: "registry.held.grew", values };
  }
  if (!isPlausibleSize(before.listed, after.listed, maxShrinkShare)) {
    const values = { before: before.listed, after: after.listed, share: maxShrinkShare };
    return { key: "registry.held.shrunk", values };
  }
  return findAreaFault(before.areas, after.areas, maxShrinkShare) ?? findRegionFault(edition);
}

/** Finds the fault in a change list that is older than the one in force: applying it would undo newer changes. */
function findOrderFault(after: Date | null, before: Date | null): Message | null {
  if (after === null || before === null || after >= before) return null;
  return {
    key: "registry.held.out-of-order",
    values: { before: formatPublisherTime(before), after: formatPublisherTime(after) },
  };
}

/** Formats a publisher's local time. It is stored as if it were UTC. */
const formatPublisherTime = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");

/** Finds the fault in an edition whose added blocks, if of a known country, are mostly of one other country. */
function findRegionFault({ added, region }: Pick<Edition, "added" | "region">): Message | null {
  const blocks = countBlocksByRegion(added);
  const [first] = [...blocks].toSorted(([, a], [, b]) => b - a);
  if (first === undefined || first[0] === region) return null;
  const [found, count] = first;
  const all = [...blocks.values()].reduce((sum, some) => sum + some, 0);
  if (count * 2 <= all) return null;
  return { key: "registry.held.other-region", values: { region, found } };
}

/**
 * Checks each area, because one truncated or missing file among hundreds hardly changes the total. Without
 * counts by area there is nothing to check: such a list covers every number.
 */
function findAreaFault(before: AreaCounts, after: AreaCounts, share: number): Message | null {
  if (Object.keys(after).length === 0) return null;

  for (const [area, listed] of Object.entries(before)) {
    const now = after[area];
    if (now === undefined)
      return { key: "registry.held.area-missing", values: { area: `+${area}` } };
    if (listed > 0 && !isPlausibleSize(listed, now, share)) {
      const values = { area: `+${area}`, before: listed, after: now, share };
      return { key: "registry.held.area-shrunk", values };
    }
  }
  return null;
}

/** Reasons that no officer can overrule: changes need a list to apply to, and must come once and in order. */
const finalReasons: ReadonlySet<Message["key"]> = new Set<Message["key"]>([
  "registry.held.no-full-list",
  "registry.held.repeated-changes",
  "registry.held.out-of-order",
]);

/** True if an officer may accept an edition that is held for this reason. */
export const isAcceptable = ({ key }: Message) => !finalReasons.has(key);

/** Counts the blocks of a set per country (ISO 3166-1), if the numbering plan names one. */
function countBlocksByRegion(set: NumberSet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of blockNumbersIn(set)) {
    const { country } = lookUpPlan(block * BLOCK_SIZE);
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return counts;
}

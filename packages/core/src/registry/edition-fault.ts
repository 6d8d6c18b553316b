import type { Message } from "../message/index.ts";
import type { AreaCounts, Edition } from "./edition.ts";

/** A registry as it is, or as it would be. */
export type RegistryState = {
  /** The number of the edition in force; 0 before the first. */
  edition: number;
  listed: number;
  areas: AreaCounts;
  publishedOn: string | null;
};

/**
 * Whether `after` numbers may replace `before`.
 *
 * Registries grow. One that is empty, or shrinks by much, is a truncated download far more often
 * than good news, and applying it would let forbidden calls through.
 */
export const isPlausible = (before: number, after: number, maxShrinkShare: number) =>
  after > 0 && after >= before * (1 - maxShrinkShare);

/** Why a person has to look before the edition is applied; null when nothing is odd about it. */
export function editionFault(
  { kind }: Pick<Edition, "kind">,
  before: RegistryState,
  after: Omit<RegistryState, "edition">,
  maxShrinkShare: number,
): Message | null {
  if (kind === "change" && before.edition === 0) return { key: "registry.held.no-full-list" };
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
  return areaFault(before.areas, after.areas, maxShrinkShare);
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

/** Whether an officer may let an edition pass that has this fault: changes need what they change. */
export const isAcceptable = ({ key }: Message) => key !== "registry.held.no-full-list";

import type { ConsentEvent } from "./consent.ts";

/**
 * The order in which events decide: the latest, and of those at one instant the one that permits
 * less. It is total, so that no result depends on how events reached us.
 */
export const latestFirst = (a: ConsentEvent, b: ConsentEvent): number =>
  b.at.getTime() - a.at.getTime() ||
  rank[a.type] - rank[b.type] ||
  endOf(a) - endOf(b) ||
  Number(a.isWritten) - Number(b.isWritten) ||
  Number(a.isProven) - Number(b.isProven) ||
  Number(b.isImported) - Number(a.isImported) ||
  compareText(allElseOf(a), allElseOf(b));

const rank: Record<ConsentEvent["type"], number> = {
  invalidated: 0,
  withdrawn: 1,
  refused: 2,
  requested: 3,
  granted: 4,
  renewed: 4,
};

/** Large rather than infinite: the difference of two must be a number. */
const endOf = ({ validUntil }: ConsentEvent) => validUntil?.getTime() ?? Number.MAX_SAFE_INTEGER;

const allElseOf = ({ type, elements, purposes, channels, recordedAt, consentId }: ConsentEvent) =>
  JSON.stringify([type, elements, purposes, channels, recordedAt, consentId]);

const compareText = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** Facts that decide between two running campaigns that want the same person. */
export type Claim = { id: string; priority: number; startedAt: Date };

/**
 * True if the first campaign gets the person: higher priority wins, then the earlier start, then the lower ID.
 * Of two campaigns, exactly one has priority.
 */
export function hasPriority(one: Claim, other: Claim): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  const sooner = one.startedAt.getTime() - other.startedAt.getTime();
  return sooner === 0 ? one.id < other.id : sooner < 0;
}

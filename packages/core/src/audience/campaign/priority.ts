/** What decides between two campaigns that run and want the same person. */
export type Claim = { id: string; priority: number; startedAt: Date };

/** Whether one has the person before the other: by priority, then by who began first. Never both. */
export function goesFirst(one: Claim, other: Claim): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  const sooner = one.startedAt.getTime() - other.startedAt.getTime();
  return sooner === 0 ? one.id < other.id : sooner < 0;
}

/** `isSpent`: this request is over the limit. `remaining` requests are left until the window ends in `resetSeconds`. */
export type Allowance = { isSpent: boolean; remaining: number; resetSeconds: number };

/**
 * Counts requests by key in windows of `windowSeconds`, which are the same for all keys; `now` counts milliseconds.
 * Each process counts on its own: the limit keeps one caller's loop from starving the others, and is no quota.
 *
 * Not `@fastify/rate-limit`: the pages count too, and the API sends the headers of a later draft than it does.
 */
export function countRequests(limit: number, windowSeconds: number, now: () => number) {
  const counts = new Map<string, number>();
  let endsAt = 0;

  return (key: string): Allowance => {
    const at = Math.floor(now()); // whole, so that `resetSeconds` is not rounded up because of a rounding error
    if (at >= endsAt) {
      counts.clear();
      endsAt = at + windowSeconds * 1000;
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return {
      isSpent: count > limit,
      remaining: Math.max(0, limit - count),
      resetSeconds: Math.ceil((endsAt - at) / 1000),
    };
  };
}

type Release = () => void;
type Waiting = { group: string; start: (release: Release) => void };

/** The most that run at once: of all groups together, and of one group. */
export type SlotLimits = { total: number; ofOne: number };

/**
 * Creates slots that groups share fairly. A group has at most `ofOne` slots, which run or wait, or fewer if it is told
 * so. When one becomes free, the group with the fewest running is next, so that nobody waits for all that another has
 * asked for before.
 */
export function createFairSlots({ total, ofOne }: SlotLimits) {
  const running = new Map<string, number>();
  const taken = new Map<string, number>();
  const waiting: Waiting[] = [];
  let free = total;

  function startNext() {
    if (free === 0) return;
    const [next] = waiting.toSorted((a, b) => count(running, a.group) - count(running, b.group));
    if (next === undefined) return;
    waiting.splice(waiting.indexOf(next), 1);
    start(next);
  }

  function start({ group, start: begin }: Waiting) {
    free--;
    add(running, group, 1);
    let isHeld = true;
    begin(() => {
      if (!isHeld) return;
      isHeld = false;
      free++;
      add(running, group, -1);
      add(taken, group, -1);
      startNext();
    });
  }

  /**
   * Takes a slot for a group, and resolves to how to release it. Resolves to null at once if the group has `most` or all
   * that one may have, and once `signal` is aborted while it waits.
   */
  return (group: string, signal: AbortSignal, most = ofOne): Promise<Release | null> => {
    if (count(taken, group) >= Math.min(most, ofOne)) return Promise.resolve(null);
    add(taken, group, 1);
    return new Promise((resolve) => {
      const own: Waiting = { group, start: resolve };
      const giveUp = () => {
        const position = waiting.indexOf(own);
        if (position === -1) return;
        waiting.splice(position, 1);
        add(taken, group, -1);
        resolve(null);
      };
      waiting.push(own);
      startNext();
      if (signal.aborted) giveUp();
      else signal.addEventListener("abort", giveUp, { once: true });
    });
  };
}

const count = (counts: ReadonlyMap<string, number>, group: string) => counts.get(group) ?? 0;

function add(counts: Map<string, number>, group: string, change: number) {
  const next = count(counts, group) + change;
  if (next > 0) counts.set(group, next);
  else counts.delete(group);
}

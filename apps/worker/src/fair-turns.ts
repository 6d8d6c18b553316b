import { EventEmitter } from "node:events";
import type { HeavyLimitsReader } from "@ringfence/services/account/organization";
import type { WorkerEvents } from "graphile-worker";
import { z } from "zod";

/** Finds the organizations that have jobs of a lane that could start now. */
type FindWaiting = () => Promise<readonly string[]>;

type Options = {
  /** The most jobs of one organization that a worker runs at once in this lane. */
  mostOfOne: number;
  /** Reads the limits that the operator has set for single organizations. Those of this lane only lower `mostOfOne`. */
  readLimits?: HeavyLimitsReader;
  /** Given for lanes in which organizations take turns; left out, the oldest job is next. */
  findWaiting?: FindWaiting;
};

const OfOrganization = z.object({ organizationId: z.string() });

/** Finds the organization of a job; null for a sweep, which has none. */
const findOrganization = (payload: unknown) =>
  OfOrganization.safeParse(payload).data?.organizationId ?? null;

/**
 * Shares a lane of the queue between organizations: none of them fills it, and those that wait take turns. Every job
 * has its organization as a flag (`enqueue`), and `forbiddenFlags` names those whose jobs may not start now. Looks into
 * the queue wait for each other, because two at once would each count without the job that the other one takes.
 */
export function createFairTurns({ mostOfOne, readLimits, findWaiting }: Options) {
  const running = new Map<string, number>();
  const lastTurns = new Map<string, number>();
  let turns = 0;
  const looks = createLock();

  const events: WorkerEvents = new EventEmitter();
  events.on("job:start", ({ job: { payload } }) => {
    const organization = findOrganization(payload);
    if (organization !== null) running.set(organization, (running.get(organization) ?? 0) + 1);
    looks.release();
  });
  events.on("job:complete", ({ job: { payload } }) => {
    const organization = findOrganization(payload);
    if (organization === null) return;
    const left = (running.get(organization) ?? 0) - 1;
    if (left > 0) running.set(organization, left);
    else running.delete(organization);
  });
  events.on("worker:getJob:empty", () => looks.release());
  events.on("worker:getJob:error", () => looks.release());

  const listFull = async () => {
    const findLimits = await readLimits?.();
    return [...running].flatMap(([organization, jobs]) => {
      const most = Math.min(findLimits?.(organization).jobs ?? mostOfOne, mostOfOne);
      return jobs >= most ? [organization] : [];
    });
  };

  return {
    events,
    async forbiddenFlags(): Promise<string[]> {
      await looks.take();
      const full = await listFull();
      if (findWaiting === undefined) return full;
      const waiting = await findWaiting();
      const next = findNext(
        waiting.filter((organization) => !full.includes(organization)),
        lastTurns,
      );
      // A turn counts when it is offered, because another worker may have taken the job meanwhile.
      if (next !== undefined) lastTurns.set(next, ++turns);
      return [...new Set([...full, ...waiting])].filter((organization) => organization !== next);
    },
  };
}

/** Finds whose turn it is: the one whose last turn is the longest ago. */
const findNext = (waiting: readonly string[], lastTurns: ReadonlyMap<string, number>) =>
  waiting.toSorted((a, b) => (lastTurns.get(a) ?? 0) - (lastTurns.get(b) ?? 0))[0];

/** A lock that is taken in the order in which it was asked for. Releasing it when nobody has it does nothing. */
function createLock() {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  return {
    async take() {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve));
      isTaken = true;
    },
    release() {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next();
    },
  };
}

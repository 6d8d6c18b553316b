import { DAY_MS } from "../../platform/time/index.ts";
import type { FtcSource } from "./ftc-source.ts";
import type { RegistryFetch } from "./registry-fetch.ts";

export type Fetching = {
  lists: FtcSource["lists"];
  /** How the registry is read now: what was fetched before a change says nothing of the next one. */
  revision: number;
  last: RegistryFetch | null;
  /** Whether changes have nothing to build on. */
  needsFullList: boolean;
  /** Whether an officer let an edition pass that was held. */
  isAccepted: boolean;
  /** The areas of which the publisher offers lists now. */
  offered: readonly number[];
  /** Those for which the edition in force answers. */
  answered: readonly number[];
  now: Date;
};

/** `offer` what lies here already; go on with a fetch that broke off; or begin one. */
export type FetchPlan =
  | { step: "offer" | "go-on"; fetch: RegistryFetch }
  | { step: "begin"; kind: RegistryFetch["kind"] };

/**
 * What to fetch from a publisher that gives every file out once a day, and whose changes count from
 * the last time that somebody took some: what of them is lost is not told again, so that only a full
 * list makes up for it.
 */
export function planFetch(fetching: Fetching): FetchPlan {
  const { lists, revision, last, needsFullList, isAccepted, now } = fetching;
  if (last === null) return { step: "begin", kind: "full" };
  const isOfToday = now.valueOf() - last.cameAt.valueOf() < DAY_MS;
  const builds = last.kind === "full" || !needsFullList;
  if (last.revision === revision && builds) {
    if (last.status === "whole") return { step: "offer", fetch: last };
    if (last.status === "held" && isAccepted) return { step: "offer", fetch: last };
    if (last.status === "open" && last.kind === "change" && last.request !== null) {
      return { step: "go-on", fetch: last };
    }
    const isNext = last.status === "used" && lists === "changes" && !needsFullList;
    if (isNext && isSameAreas(fetching)) return { step: "begin", kind: "change" };
  }
  // What was taken today is not given again, however its lines are understood now.
  if (last.kind === "full" && last.status !== "lost" && isOfToday) {
    return { step: "go-on", fetch: last };
  }
  return { step: "begin", kind: "full" };
}

/**
 * Changes tell nothing of an area code that was subscribed to since the last full list, and nothing
 * more of one that was given up.
 */
const isSameAreas = ({ offered, answered }: Fetching) =>
  offered.length === answered.length && offered.every((area) => answered.includes(area));

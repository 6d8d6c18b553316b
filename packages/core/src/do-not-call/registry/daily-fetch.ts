import { DAY_MS, localClock } from "../../platform/time/index.ts";
import type { FtcSource } from "./source.ts";
import { z } from "zod";
import { RegistryFetchId, UploadId } from "../../platform/ids.ts";

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

/** A file that was fetched, under the name that its publisher gave it. */
export const FetchedFile = z.object({
  id: UploadId,
  name: z.string().min(1).max(255),
  /** The address that the publisher told it by: another edition has another. */
  place: z.string().max(2_000),
});
export type FetchedFile = z.infer<typeof FetchedFile>;

/** What becomes of a fetch: it is open while files are missing, and whole until its edition was judged. */
const FetchStatus = z.enum(["open", "whole", "used", "held", "lost"]);

/** What was taken from a publisher that gives a file out once a day: it is not to be had a second time. */
export const RegistryFetch = z.object({
  id: RegistryFetchId,
  revision: z.number(),
  kind: z.enum(["full", "change"]),
  status: FetchStatus,
  /** By which the publisher knows a list of changes that it was asked for. */
  request: z.string().nullable(),
  files: FetchedFile.array(),
  /** When the publisher was first asked for it. */
  cameAt: z.date(),
});
export type RegistryFetch = z.infer<typeof RegistryFetch>;

/** By which clock the US registry's "once a day" goes is ASSUMED: it is told nowhere. */
const PUBLISHER_ZONE = "America/New_York";
const dayAt = (at: Date) => localClock(PUBLISHER_ZONE, at.valueOf()).day;

/**
 * Whether it is what the publisher means by "already downloaded today": of the same calendar day
 * there. Of yesterday's it may not be, though less than 24 hours have passed.
 */
export function wasTakenToday({ cameAt }: Pick<RegistryFetch, "cameAt">, now: Date): boolean {
  const ageMs = now.valueOf() - cameAt.valueOf();
  return ageMs < DAY_MS && dayAt(cameAt) === dayAt(now);
}

import { DAY_MS, localClock } from "../../platform/time/index.ts";
import type { FtcSource } from "./source.ts";
import { z } from "zod";
import { RegistryFetchId, RegistryId, UploadId } from "../../platform/ids.ts";

/** What decides the next fetch. `last` is null before the first one. */
export type FetchFacts = {
  lists: FtcSource["lists"];
  /**
   * Revision of the registry's settings. A fetch under an older one is begun anew, except a full list younger than a
   * day, which the publisher will not give again.
   */
  revision: number;
  last: RegistryFetch | null;
  /** True if changes have no full list to build on. */
  needsFullList: boolean;
  /** True if an officer accepted the edition of the last fetch after it was held. */
  isAccepted: boolean;
  /** Areas whose lists the publisher offers now. */
  offered: readonly number[];
  /** Areas that the edition in force covers. */
  covered: readonly number[];
  now: Date;
};

/**
 * `offer`: use the files that are here already. `go-on`: continue this fetch, with the files that it has. `begin`:
 * start a new one.
 */
export type FetchPlan =
  | { step: "offer" | "go-on"; fetch: RegistryFetch }
  | { step: "begin"; kind: RegistryFetch["kind"] };

/**
 * Plans what to fetch from a publisher that hands out each file once a day. Its change lists start at the last
 * one that was taken: a lost change list never comes again, and only a full list makes up for it.
 */
export function planFetch(fetching: FetchFacts): FetchPlan {
  const { lists, revision, last, needsFullList, isAccepted, now } = fetching;
  if (last === null) return { step: "begin", kind: "full" };
  const canApply = last.kind === "full" || !needsFullList;
  if (last.revision === revision && canApply) {
    if (last.status === "whole") return { step: "offer", fetch: last };
    if (last.status === "held" && isAccepted) return { step: "offer", fetch: last };
    if (last.status === "open" && last.kind === "change" && last.request !== null) {
      return { step: "go-on", fetch: last };
    }
    const isNext = last.status === "used" && lists === "changes" && !needsFullList;
    if (isNext && coversSameAreas(fetching)) return { step: "begin", kind: "change" };
  }
  // The publisher will not hand out the same files again so soon, even if the settings have changed.
  const isUnderDayOld = now.valueOf() - last.startedAt.valueOf() < DAY_MS;
  if (last.kind === "full" && last.status !== "lost" && isUnderDayOld) {
    return { step: "go-on", fetch: last };
  }
  return { step: "begin", kind: "full" };
}

/**
 * Compares the areas on offer with those in force. Change lists say nothing about an area code that was added
 * to the subscription since the last full list, and no longer mention one that was dropped.
 */
const coversSameAreas = ({ offered, covered }: FetchFacts) =>
  offered.length === covered.length && offered.every((area) => covered.includes(area));

/** A fetched file, under its publisher's name. */
export const FetchedFile = z.object({
  id: UploadId,
  name: z.string().min(1).max(255),
  /** The publisher's address for the file, which differs in each edition. */
  place: z.string().max(2_000),
});
export type FetchedFile = z.infer<typeof FetchedFile>;

/**
 * `open` while files are missing; `whole` until its edition was settled; then `used` (applied, or nothing had
 * changed), `held`, or `lost` (rejected, unreadable, or no longer available).
 */
const FetchStatus = z.enum(["open", "whole", "used", "held", "lost"]);

/** Files taken from a publisher that hands out each file once a day: they cannot be fetched a second time. */
export const RegistryFetch = z.object({
  id: RegistryFetchId,
  /** Revision of the registry's settings under which the files were last completed, or the fetch began. */
  revision: z.number(),
  kind: z.enum(["full", "change"]),
  status: FetchStatus,
  /** The publisher's id of a requested change list. */
  request: z.string().nullable(),
  files: FetchedFile.array(),
  /** Time at which the fetch started. */
  startedAt: z.date(),
});
export type RegistryFetch = z.infer<typeof RegistryFetch>;

/** ASSUMED: the publisher does not document the time zone of its "once a day". */
const PUBLISHER_ZONE = "America/New_York";
const publisherDay = (at: Date) => localClock(PUBLISHER_ZONE, at.valueOf()).day;

/**
 * True if the publisher would answer "already downloaded today": the fetch is of the same calendar day there.
 * Yesterday's fetch is not, even if less than 24 hours have passed.
 */
export function wasFetchedToday(
  { startedAt }: Pick<RegistryFetch, "startedAt">,
  now: Date,
): boolean {
  const ageMs = now.valueOf() - startedAt.valueOf();
  return ageMs < DAY_MS && publisherDay(startedAt) === publisherDay(now);
}

/** Starts a fetch. */
export const StartFetch = RegistryFetch.pick({ kind: true, revision: true }).extend({
  registryId: RegistryId,
});
export type StartFetch = z.infer<typeof StartFetch>;

/** Records the progress or the result of a fetch. Fields that are left out stay. */
export const UpdateFetch = z.object({
  registryId: RegistryId,
  fetchId: RegistryFetchId,
  /** The current revision of the registry's settings. */
  revision: z.number().optional(),
  status: FetchStatus.optional(),
  /** The publisher's id of a requested change list. */
  request: z.string().optional(),
});
export type UpdateFetch = z.infer<typeof UpdateFetch>;

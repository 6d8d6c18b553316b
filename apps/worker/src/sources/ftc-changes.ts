import { type RegistryFetch, wasFetchedToday } from "@ringfence/core/do-not-call/registry";
import { startFetch, updateFetch } from "@ringfence/services/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { type FtcFetching, ftcFault, takeFile } from "./ftc-file.ts";
import type { PublishedFile } from "./publication.ts";
import { waitFor } from "./wait-for.ts";

/** Interval at which public clients poll for a list of changes. */
const POLL_MS = 2 * 60_000;
const POLLS_MAX = 60;

type Came =
  | { fetch: RegistryFetch; file: PublishedFile }
  /**
   * Nothing has changed, or today's changes were already taken: the list in force dates from then.
   */
  | { unchangedSince: Date };

/**
 * Fetches the changes since the last list; null if they cannot be had, so that only a full list
 * helps.
 */
export async function fetchChanges(
  fetching: FtcFetching,
  begun: RegistryFetch | null,
  before: { last: RegistryFetch | null; now: Date },
): Promise<Came | null> {
  const fetch = begun ?? (await submit(fetching, before));
  if (fetch === null || "unchangedSince" in fetch) return fetch;

  const url = await poll(fetching, fetch);
  if (url === "no-changes") {
    await settle(fetching, fetch, "used");
    return { unchangedSince: fetch.cameAt };
  }
  const file = url === null ? null : await take(fetching, fetch, url);
  if (file !== null) {
    await settle(fetching, fetch, "whole");
    return { fetch, file };
  }
  // The publisher now counts changes from this list, which we do not have.
  await settle(fetching, fetch, "lost");
  return null;
}

/** Asks the publisher to prepare a list. */
async function submit(
  { ctx, ftc, asking, registryId, revision }: FtcFetching,
  { last, now }: { last: RegistryFetch | null; now: Date },
): Promise<RegistryFetch | { unchangedSince: Date } | null> {
  const { code, value } = await ftc("SubmitDeltaFileRequest", { fileFormat: "Flat" });
  if (code === "NoFullDownloadPerformed") return null;
  if (code === "AlreadyDownloadedToday") {
    // Somebody fetched today: either we did, or somebody else did and we lack those changes.
    const isOurs = last?.status === "used" && wasFetchedToday(last, now);
    return isOurs ? { unchangedSince: last.cameAt } : null;
  }
  if (code !== "SubmitOK" || value === "") throw ftcFault(asking, "SubmitDeltaFileRequest", code);
  const fetch = await startFetch(ctx, { registryId, revision, kind: "change" });
  await updateFetch(ctx, { registryId, fetchId: fetch.id, request: value });
  return { ...fetch, request: value };
}

/** Waits for the address of the list; null if the publisher does not know the request. */
async function poll({ ftc, asking }: FtcFetching, { request }: RegistryFetch) {
  const args = { strRequestedFileToken: request ?? "" };
  for (let polls = 0; polls < POLLS_MAX; polls++) {
    const { code } = await ftc("GetDeltaFileRequestStatus", args);
    if (code === "NoChanges") return "no-changes" as const;
    if (code === "InvalidRequest") return null;
    if (code === "RequestCompleted") {
      const { code: given, value } = await ftc("GetDeltaFileUrl", args);
      if (given !== "DownloadOK" || value === "") throw ftcFault(asking, "GetDeltaFileUrl", given);
      return value;
    }
    if (code !== "RequestPending") throw ftcFault(asking, "GetDeltaFileRequestStatus", code);
    await waitFor(POLL_MS, asking);
  }
  throw new RunFault({ key: "source.ftc-pending" }, { isTransient: true });
}

/** Takes the list. A broken list is as lost as a missing one. */
async function take(fetching: FtcFetching, fetch: RegistryFetch, url: string) {
  try {
    return await takeFile(fetching, fetch, { url, index: 0 });
  } catch (error) {
    if (error instanceof RunFault && !error.isTransient) await settle(fetching, fetch, "lost");
    throw error;
  }
}

const settle = (
  { ctx, registryId }: FtcFetching,
  { id: fetchId }: RegistryFetch,
  status: RegistryFetch["status"],
) => updateFetch(ctx, { registryId, fetchId, status });

import { stat } from "node:fs/promises";
import {
  type FtcSource,
  type RegistryFetch,
  parseDncFileName,
  planFetch,
  wasFetchedToday,
} from "@ringfence/core/do-not-call/registry";
import { loadFetchFacts, startFetch, updateFetch } from "@ringfence/services/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import {
  type FtcFetching,
  type FtcService,
  copyStoredFile,
  ftcFault,
  openFtc,
  readFileName,
  takeFile,
} from "./ftc-service.ts";
import {
  type SourceRequest,
  type ReadingContext,
  type Publication,
  type PublishedFile,
  waitFor,
} from "./publication.ts";
import { inTemporaryFolder } from "./temporary-files.ts";

/**
 * Fetches lists of the US registry from its download service. The service gives each file out once
 * a day, and changes only since the last list it gave, so everything received is kept until it is
 * in force, even beyond the end of a run.
 */
export function fetchFtc(
  source: FtcSource,
  sourceRequest: SourceRequest,
  readingContext: ReadingContext,
): Promise<Publication> {
  return inTemporaryFolder(async (folder) => {
    const fetching = {
      ...readingContext,
      sourceRequest,
      folder,
      ftc: openFtc(source, sourceRequest),
    };
    const { ctx, registryId, revision, sha256 } = readingContext;
    const state = await loadFetchFacts(ctx, registryId);
    const needsFullList = state.needsFullList || sha256 === null;
    const known = { ...state, needsFullList, lists: source.lists, revision };

    // Files that were already fetched are offered without asking the publisher.
    const early = planFetch({ ...known, offered: state.covered });
    if (early.step === "offer") return publishStored(fetching, early.fetch);

    const offered = await readOffer(fetching);
    const plan = planFetch({ ...known, offered: areasIn(offered) });
    if (plan.step !== "begin") return resume(fetching, plan.fetch, offered);
    if (plan.kind === "full") return publishFullList(fetching, offered);
    return (await publishChanges(fetching, null, state)) ?? publishFullList(fetching, offered);
  });
}

type Offered = Omit<Publication, "close">;

const areasIn = ({ files, given }: Offer) =>
  [...files.map(({ name }) => parseDncFileName(name)?.area), ...given].filter(
    (area) => area !== undefined,
  );

async function resume(fetching: FtcFetching, fetch: RegistryFetch, offer: Offer) {
  if (fetch.kind === "full") return publishFullList(fetching, offer, fetch);
  const { last, now } = { last: null, now: fetch.startedAt };
  return (await publishChanges(fetching, fetch, { last, now })) ?? publishFullList(fetching, offer);
}

async function publishFullList(
  fetching: FtcFetching,
  offer: Offer,
  begun?: RegistryFetch,
): Promise<Offered> {
  const { ctx, registryId, revision } = fetching;
  const fetch = begun ?? (await startFetch(ctx, { registryId, revision, kind: "full" }));
  const files = await fetchFullList(fetching, fetch, offer);
  await updateFetch(ctx, { registryId, fetchId: fetch.id, revision, status: "whole" });
  return toPublication(fetching, fetch, files);
}

/** Offers changes; null if only a full list helps. */
async function publishChanges(
  fetching: FtcFetching,
  begun: RegistryFetch | null,
  before: { last: RegistryFetch | null; now: Date },
): Promise<Offered | null> {
  const changes = await fetchChanges(fetching, begun, before);
  if (changes === null) return null;
  if ("unchangedSince" in changes) {
    return { files: "unchanged", validators: null, obtainedAt: changes.unchangedSince };
  }
  return toPublication(fetching, changes.fetch, [changes.file]);
}

async function publishStored(fetching: FtcFetching, fetch: RegistryFetch): Promise<Offered> {
  const files: PublishedFile[] = [];
  for (const kept of fetch.files) files.push(await copyStoredFile(fetching, kept, files.length));
  if (files.length === 0) throw new RunFault({ key: "source.ftc-nothing-subscribed" });
  return toPublication(fetching, fetch, files);
}

const statusAfter = {
  applied: "used",
  unchanged: "used",
  held: "held",
  rejected: "lost",
  outdated: "whole",
} as const;

const toPublication = (
  { ctx, registryId }: FtcFetching,
  { id: fetchId, startedAt }: RegistryFetch,
  files: readonly PublishedFile[],
): Offered => ({
  files,
  validators: null,
  obtainedAt: startedAt,
  settle: (outcome) => {
    const status = outcome === null ? "lost" : statusAfter[outcome];
    return updateFetch(ctx, { registryId, fetchId, status });
  },
});

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
async function fetchChanges(
  fetching: FtcFetching,
  begun: RegistryFetch | null,
  before: { last: RegistryFetch | null; now: Date },
): Promise<Came | null> {
  const fetch = begun ?? (await submit(fetching, before));
  if (fetch === null || "unchangedSince" in fetch) return fetch;

  const url = await poll(fetching, fetch);
  if (url === "no-changes") {
    await settle(fetching, fetch, "used");
    return { unchangedSince: fetch.startedAt };
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

/** Asks the publisher to prepare a list of changes. Null if only a full list helps. */
async function submit(
  { ctx, ftc, sourceRequest, registryId, revision }: FtcFetching,
  { last, now }: { last: RegistryFetch | null; now: Date },
): Promise<RegistryFetch | { unchangedSince: Date } | null> {
  const { code, value } = await ftc("SubmitDeltaFileRequest", { fileFormat: "Flat" });
  if (code === "NoFullDownloadPerformed") return null;
  if (code === "AlreadyDownloadedToday") {
    // Somebody fetched today: either we did, or somebody else did and we lack those changes.
    const isOurs = last?.status === "used" && wasFetchedToday(last, now);
    return isOurs ? { unchangedSince: last.startedAt } : null;
  }
  if (code !== "SubmitOK" || value === "")
    throw ftcFault(sourceRequest, "SubmitDeltaFileRequest", code);
  const fetch = await startFetch(ctx, { registryId, revision, kind: "change" });
  await updateFetch(ctx, { registryId, fetchId: fetch.id, request: value });
  return { ...fetch, request: value };
}

/** Waits for the address of the list, or for `no-changes`; null if the publisher does not know the request. */
async function poll({ ftc, sourceRequest }: FtcFetching, { request }: RegistryFetch) {
  const args = { strRequestedFileToken: request ?? "" };
  for (let polls = 0; polls < POLLS_MAX; polls++) {
    const { code } = await ftc("GetDeltaFileRequestStatus", args);
    if (code === "NoChanges") return "no-changes" as const;
    if (code === "InvalidRequest") return null;
    if (code === "RequestCompleted") {
      const { code: given, value } = await ftc("GetDeltaFileUrl", args);
      if (given !== "DownloadOK" || value === "")
        throw ftcFault(sourceRequest, "GetDeltaFileUrl", given);
      return value;
    }
    if (code !== "RequestPending") throw ftcFault(sourceRequest, "GetDeltaFileRequestStatus", code);
    await waitFor(POLL_MS, sourceRequest);
  }
  throw new RunFault({ key: "source.ftc-pending" }, { isTransient: true });
}

/** Takes the list; null if it was already given out today. A broken list is as lost as a missing one. */
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

/**
 * The subscription: a file for each area code, or the note that its file was already given out
 * today.
 */
type Offer = { files: { url: string; name: string }[]; given: number[] };

/**
 * Reads what is on offer. Asking uses nothing up: only the files themselves are given out once a
 * day.
 */
async function readOffer({ ftc, sourceRequest }: FtcFetching): Promise<Offer> {
  const { code, strings } = await ftc("GetURLS", { fileFormat: "Flat" });
  const offer: Offer = { files: [], given: [] };
  for (const text of strings.filter((it) => it !== "")) {
    // Seen: `714:File was already downloaded Today.Only one download allowed per day per file`
    const [, area] = /^([2-9]\d\d)\s*:.*already downloaded/i.exec(text) ?? [];
    if (/^https?:/i.test(text)) offer.files.push({ url: text, name: readFileName(text) });
    else if (area !== undefined) offer.given.push(1_000 + Number(area));
    else if (!/^invalid request/i.test(text)) throw ftcFault(sourceRequest, "GetURLS", text);
  }
  if (offer.files.length + offer.given.length > 0) return offer;
  if (strings.length === 0 && code !== "") throw ftcFault(sourceRequest, "GetURLS", code);
  throw new RunFault({ key: "source.ftc-nothing-subscribed" });
}

/**
 * Fetches the lists of all area codes: those already stored, and those that the publisher still
 * gives.
 */
async function fetchFullList(
  fetching: FtcFetching,
  fetch: RegistryFetch,
  { files: offered, given }: Offer,
): Promise<PublishedFile[]> {
  const keptAt = (url: string) => fetch.files.find(({ place }) => place === url);
  if (offered.some(({ url }) => keptAt(url) === undefined)) await requireFullList(fetching.ftc);

  const files: PublishedFile[] = [];
  for (const area of given) {
    const kept = fetch.files.find(({ name }) => parseDncFileName(name)?.area === area);
    if (kept === undefined) throw givenToday(`+${area}`);
    files.push(await copyStoredFile(fetching, kept, files.length));
  }

  let bytes = 0;
  for (const { url, name } of offered) {
    fetching.sourceRequest.signal.throwIfAborted();
    const kept = keptAt(url);
    const index = files.length;
    const file = kept
      ? await copyStoredFile(fetching, kept, index)
      : await takeFile(fetching, fetch, { url, index });
    if (file === null) throw givenToday(name);
    files.push(file);
    bytes += (await stat(file.path)).size;
    fetching.report({ rows: 0, bytes });
  }
  return files;
}

const givenToday = (file: string) =>
  new RunFault({ key: "source.ftc-given-today", values: { file } });

/**
 * Fails if no full list is available. ASSUMED: the answer is a plain `true` or `false`; only the
 * operation's name was found.
 */
async function requireFullList(ftc: FtcService) {
  const { code } = await ftc("CanGetFullFile", {});
  if (/^false$/i.test(code)) throw new RunFault({ key: "source.ftc-no-full-list" });
}

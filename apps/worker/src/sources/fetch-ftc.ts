import {
  type FtcSource,
  planFetch,
  parseDncFileName,
  type RegistryFetch,
} from "@ringfence/core/do-not-call/registry";
import { startFetch, loadFetchFacts, updateFetch } from "@ringfence/services/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { fetchChanges } from "./ftc-changes.ts";
import { type FtcFetching, ftcFile } from "./ftc-file.ts";
import { fetchFullList, type Offer, readOffer } from "./ftc-full-list.ts";
import { openFtc } from "./ftc-service.ts";
import type { Asking, Keeping, Publication, PublishedFile } from "./publication.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

/**
 * Fetches lists of the US registry from its download service. The service gives each file out once
 * a day, and changes only since the last list it gave, so everything received is kept until it is
 * in force, even beyond the end of a run.
 */
export function fetchFtc(
  source: FtcSource,
  asking: Asking,
  keeping: Keeping,
): Promise<Publication> {
  return inTemporaryFolder(async (folder) => {
    const fetching = { ...keeping, asking, folder, ftc: openFtc(source, asking) };
    const { ctx, registryId, revision, sha256 } = keeping;
    const state = await loadFetchFacts(ctx, registryId);
    const needsFullList = state.needsFullList || sha256 === null;
    const known = { ...state, needsFullList, lists: source.lists, revision };

    // Files that were already fetched are offered without asking the publisher.
    const early = planFetch({ ...known, offered: state.answered });
    if (early.step === "offer") return offer(fetching, early.fetch);

    const told = await readOffer(fetching);
    const plan = planFetch({ ...known, offered: areasIn(told) });
    if (plan.step !== "begin") return resume(fetching, plan.fetch, told);
    if (plan.kind === "full") return full(fetching, told);
    return (await changes(fetching, null, state)) ?? full(fetching, told);
  });
}

type Offered = Omit<Publication, "close">;

const areasIn = ({ files, given }: Offer) =>
  [...files.map(({ name }) => parseDncFileName(name)?.area), ...given].filter(
    (area) => area !== undefined,
  );

async function resume(fetching: FtcFetching, fetch: RegistryFetch, told: Offer) {
  if (fetch.kind === "full") return full(fetching, told, fetch);
  const { last, now } = { last: null, now: fetch.cameAt };
  return (await changes(fetching, fetch, { last, now })) ?? full(fetching, told);
}

async function full(fetching: FtcFetching, told: Offer, begun?: RegistryFetch): Promise<Offered> {
  const { ctx, registryId, revision } = fetching;
  const fetch = begun ?? (await startFetch(ctx, { registryId, revision, kind: "full" }));
  const files = await fetchFullList(fetching, fetch, told);
  await updateFetch(ctx, { registryId, fetchId: fetch.id, revision, status: "whole" });
  return published(fetching, fetch, files);
}

/** Fetches changes; null if only a full list helps. */
async function changes(
  fetching: FtcFetching,
  begun: RegistryFetch | null,
  before: { last: RegistryFetch | null; now: Date },
): Promise<Offered | null> {
  const came = await fetchChanges(fetching, begun, before);
  if (came === null) return null;
  if ("unchangedSince" in came) {
    return { files: "unchanged", validators: null, cameAt: came.unchangedSince };
  }
  return published(fetching, came.fetch, [came.file]);
}

async function offer(fetching: FtcFetching, fetch: RegistryFetch): Promise<Offered> {
  const files: PublishedFile[] = [];
  for (const kept of fetch.files) files.push(await ftcFile(fetching, kept, files.length));
  if (files.length === 0) throw new RunFault({ key: "source.ftc-nothing-subscribed" });
  return published(fetching, fetch, files);
}

const statusAfter = {
  applied: "used",
  unchanged: "used",
  held: "held",
  rejected: "lost",
  outdated: "whole",
} as const;

const published = (
  { ctx, registryId }: FtcFetching,
  { id: fetchId, cameAt }: RegistryFetch,
  files: readonly PublishedFile[],
): Offered => ({
  files,
  validators: null,
  cameAt,
  settle: (outcome) => {
    const status = outcome === null ? "lost" : statusAfter[outcome];
    return updateFetch(ctx, { registryId, fetchId, status });
  },
});

import { stat } from "node:fs/promises";
import { parseDncFileName, type RegistryFetch } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { type FtcFetching, ftcFault, ftcFile, readFileName, takeFile } from "./ftc-file.ts";
import type { FtcService } from "./ftc-service.ts";
import type { PublishedFile } from "./publication.ts";

/**
 * The subscription: a file for each area code, or the note that its file was already given out
 * today.
 */
export type Offer = { files: { url: string; name: string }[]; given: number[] };

/**
 * Reads what is on offer. Asking uses nothing up: only the files themselves are given out once a
 * day.
 */
export async function readOffer({ ftc, asking }: FtcFetching): Promise<Offer> {
  const { code, strings } = await ftc("GetURLS", { fileFormat: "Flat" });
  const offer: Offer = { files: [], given: [] };
  for (const told of strings.filter((text) => text !== "")) {
    // Seen: `714:File was already downloaded Today.Only one download allowed per day per file`
    const [, area] = /^([2-9]\d\d)\s*:.*already downloaded/i.exec(told) ?? [];
    if (/^https?:/i.test(told)) offer.files.push({ url: told, name: readFileName(told) });
    else if (area !== undefined) offer.given.push(1_000 + Number(area));
    else if (!/^invalid request/i.test(told)) throw ftcFault(asking, "GetURLS", told);
  }
  if (offer.files.length + offer.given.length > 0) return offer;
  if (strings.length === 0 && code !== "") throw ftcFault(asking, "GetURLS", code);
  throw new RunFault({ key: "source.ftc-nothing-subscribed" });
}

/**
 * Fetches the lists of all area codes: those already stored, and those that the publisher still
 * gives.
 */
export async function fetchFullList(
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
    files.push(await ftcFile(fetching, kept, files.length));
  }

  let bytes = 0;
  for (const { url, name } of offered) {
    fetching.asking.signal.throwIfAborted();
    const kept = keptAt(url);
    const index = files.length;
    const file = kept
      ? await ftcFile(fetching, kept, index)
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

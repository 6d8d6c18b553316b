import { openAsBlob } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { ScrubResponse, ScrubStarted } from "@ringfence/core/calling/scrub";

const POLL_MS = 500;

export type ApiAccess = { origin: string; key: string };

/** Sends a file through the API and waits until a worker has screened it. */
export async function scrubThroughApi(
  api: ApiAccess,
  list: string,
  settings: Record<string, string>,
) {
  const body = await openAsBlob(list, { type: "text/csv" });
  const query = new URLSearchParams(settings);
  const started = await ask(api, `/v1/scrubs?${query}`, { method: "POST", body });
  const { id } = ScrubStarted.parse(await started.json());
  for (;;) {
    const scrub = ScrubResponse.parse(await (await ask(api, `/v1/scrubs/${id}`)).json());
    if (scrub.status === "failed") throw new Error(`the scrub failed: ${scrub.error}`);
    if (scrub.status === "done" && scrub.counts !== null) return { id, counts: scrub.counts };
    await setTimeout(POLL_MS);
  }
}

/** Streams the result. */
export async function streamScrubResult(api: ApiAccess, id: string) {
  const { body } = await ask(api, `/v1/scrubs/${id}/result.csv`);
  if (body === null) throw new Error("the result is empty");
  return body;
}

async function ask({ origin, key }: ApiAccess, path: string, more: RequestInit = {}) {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(origin + path, { ...more, headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

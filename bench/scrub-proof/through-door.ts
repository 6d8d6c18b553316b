import { openAsBlob } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { ScrubStarted, ScrubResponse } from "@ringfence/core/calling/scrub";

const POLL_MS = 500;

export type Door = { origin: string; key: string };

/** Sends a file through the API and waits until a worker has screened it. */
export async function scrubThroughDoor(door: Door, list: string, settings: Record<string, string>) {
  const body = await openAsBlob(list, { type: "text/csv" });
  const query = new URLSearchParams(settings);
  const started = await ask(door, `/v1/scrubs?${query}`, { method: "POST", body });
  const { id } = ScrubStarted.parse(await started.json());
  for (;;) {
    const told = ScrubResponse.parse(await (await ask(door, `/v1/scrubs/${id}`)).json());
    if (told.status === "failed") throw new Error(`the scrub failed: ${told.error}`);
    if (told.status === "done" && told.counts !== null) return { id, counts: told.counts };
    await setTimeout(POLL_MS);
  }
}

/** Streams the result. */
export async function scrubResultFrom(door: Door, id: string) {
  const { body } = await ask(door, `/v1/scrubs/${id}/result.csv`);
  if (body === null) throw new Error("the result is empty");
  return body;
}

async function ask({ origin, key }: Door, path: string, more: RequestInit = {}) {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(origin + path, { ...more, headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

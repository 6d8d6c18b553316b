import { setTimeout as wait } from "node:timers/promises";
import { sendRequest } from "./send-request.ts";
import type { Cluster } from "./cluster.ts";
import { field, readId, readItems } from "./read-response.ts";

/** Polling interval of a dialer that keeps a copy. */
const pauseMs = 50;

/** Gathers the feed page by page from the beginning, until the run is over and no page is left. */
export async function followFeed(
  { origins }: Cluster,
  key: string,
  isOver: () => boolean,
): Promise<string[]> {
  const ids: string[] = [];
  let after = "";
  for (let turn = 0; ; turn++) {
    const origin = origins[turn % origins.length] ?? "";
    const path = `/opt-outs?limit=50${after && `&after=${after}`}`;
    const isLast = isOver();
    const answer = await sendRequest({ origin, key, path });
    const page = answer?.status === 200 ? readPage(answer.body) : null;
    if (page !== null) {
      ids.push(...page.ids);
      after = page.next;
      if (isLast && page.ids.length === 0) return ids;
      if (page.ids.length > 0) continue;
    }
    await wait(pauseMs);
  }
}

function readPage(body: unknown): { ids: string[]; next: string } {
  return { ids: readItems(body, "items").map(readId), next: String(field(body, "next")) };
}

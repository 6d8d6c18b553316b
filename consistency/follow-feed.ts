import { setTimeout as wait } from "node:timers/promises";
import { ask } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { field, idOf, itemsOf } from "./read-answer.ts";

/** So often as a dialer asks that keeps a copy. */
const pauseMs = 50;

/** Gathers the feed page by page from the beginning, until it is over and there is no more. */
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
    const answer = await ask({ origin, key, path });
    const page = answer?.status === 200 ? pageOf(answer.body) : null;
    if (page !== null) {
      ids.push(...page.ids);
      after = page.next;
      if (isLast && page.ids.length === 0) return ids;
      if (page.ids.length > 0) continue;
    }
    await wait(pauseMs);
  }
}

function pageOf(body: unknown): { ids: string[]; next: string } {
  return { ids: itemsOf(body, "items").map(idOf), next: String(field(body, "next")) };
}

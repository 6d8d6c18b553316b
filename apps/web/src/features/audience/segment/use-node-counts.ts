"use client";

import type { AskRule } from "@ringfence/core/audience/segment";
import { useAsked } from "./use-asked";

const none: ReadonlyMap<string, number> = new Map();

/** How many each row of a rule means alone, by its pointer; nothing of a rule that has just been changed. */
export function useNodeCounts(sound: AskRule | null): ReadonlyMap<string, number> {
  const { answer, isOld } = useAsked("nodes", sound, (client, asked, options) =>
    client.segment.nodes.mutate(asked, options),
  );
  if (answer === null || isOld) return none;
  return new Map(answer.counts.map(({ path, count }) => [path, count]));
}

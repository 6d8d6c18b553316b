"use client";

import type { AskRule } from "@ringfence/core/audience/segment";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/trpc/client";
import { useSettled } from "./use-settled";

const SETTLED_MS = 400;

/**
 * How many a rule means, and where a sample of them would end. Asked for once nothing has been changed
 * for a while; an answer to what has been changed since is not waited for. Null of a rule that cannot be
 * asked yet.
 */
export function useLiveCount(asked: AskRule | null) {
  const client = useTRPCClient();
  const text = useSettled(JSON.stringify(asked), SETTLED_MS);
  const settled: AskRule | null = JSON.parse(text);
  const isSettled = text === JSON.stringify(asked);
  // Mutations, for a rule may be too long for an address; they change nothing.
  const count = useQuery({
    queryKey: ["segment.count", settled],
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      settled === null ? null : client.segment.count.mutate(settled, { signal }),
  });
  const isSound = (count.data?.count ?? null) !== null && !count.isPlaceholderData;
  const sample = useQuery({
    queryKey: ["segment.sample", settled],
    enabled: settled !== null && isSound,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      settled === null ? null : client.segment.sample.mutate(settled, { signal }),
  });
  return {
    count: count.data?.count ?? null,
    contacts: sample.data?.sample?.contacts ?? null,
    faults: isSettled && !count.isPlaceholderData ? (count.data?.faults ?? []) : [],
    sample: sample.data?.sample ?? null,
    /** What was asked, once it is known to be sound and is still what is built. */
    sound: isSettled && isSound ? settled : null,
    isCounting: asked !== null && (!isSettled || count.isFetching),
    failure: count.error ?? sample.error,
  };
}

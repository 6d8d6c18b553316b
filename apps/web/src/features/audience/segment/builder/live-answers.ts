"use client";
import type { PreviewRule } from "@ringfence/core/audience/segment";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/trpc/client";
import { useEffect, useState } from "react";

/** A rule counts as settled after this pause. */
const SETTLED_MS = 400;

/**
 * Counts the people of a rule and screens a sample of them. The server is asked once the rule has not
 * changed for a while; a request for an outdated rule is aborted. Pass null for a rule that is not valid.
 */
export function useLiveCount(request: PreviewRule | null) {
  const client = useTRPCClient();
  const text = useSettled(JSON.stringify(request), SETTLED_MS);
  const settled: PreviewRule | null = JSON.parse(text);
  const isSettled = text === JSON.stringify(request);
  // Mutations, because a rule may be too long for an address. They change nothing.
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
    /** The current rule, once the server has found it sound. */
    sound: isSettled && isSound ? settled : null,
    isCounting: request !== null && (!isSettled || count.isFetching),
    failure: count.error ?? sample.error,
  };
}

const none: ReadonlyMap<string, number> = new Map();

/** Counts the people of each row alone, by the row's pointer; empty for a rule that has just changed. */
export function useNodeCounts(sound: PreviewRule | null): ReadonlyMap<string, number> {
  const { answer, isOld } = useRuleQuery("nodes", sound, (client, request, options) =>
    client.segment.nodes.mutate(request, options),
  );
  if (answer === null || isOld) return none;
  return new Map(answer.counts.map(({ path, count }) => [path, count]));
}

type Client = ReturnType<typeof useTRPCClient>;

/**
 * Queries the server about a sound rule; null asks nothing. It returns the last answer until there is a new one, and
 * `isOld` says so. Outdated requests are aborted, and answers are cached.
 */
export function useRuleQuery<Request, Answer>(
  name: string,
  request: Request | null,
  ask: (client: Client, request: Request, options: { signal: AbortSignal }) => Promise<Answer>,
) {
  const client = useTRPCClient();
  const { data, error, isPlaceholderData, isFetching } = useQuery({
    queryKey: [`segment.${name}`, request],
    enabled: request !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => (request === null ? null : ask(client, request, { signal })),
  });
  const isOld = request === null || isPlaceholderData || isFetching;
  return { answer: data ?? null, isOld, failure: error };
}

/** Returns the last value that stayed the same for that long. */
function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  // Timers are outside of React.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}

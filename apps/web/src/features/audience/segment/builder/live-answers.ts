"use client";
import type { PreviewRule } from "@ringfence/core/audience/segment";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/trpc/client";
import { useEffect, useState } from "react";

const SETTLED_MS = 400;

/**
 * How many a rule means, and where a sample of them would end. Asked for once nothing has been changed
 * for a while; an answer to what has been changed since is not waited for. Null of a rule that cannot be
 * asked yet.
 */
export function useLiveCount(asked: PreviewRule | null) {
  const client = useTRPCClient();
  const text = useSettled(JSON.stringify(asked), SETTLED_MS);
  const settled: PreviewRule | null = JSON.parse(text);
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

const none: ReadonlyMap<string, number> = new Map();

/** How many each row of a rule means alone, by its pointer; nothing of a rule that has just been changed. */
export function useNodeCounts(sound: PreviewRule | null): ReadonlyMap<string, number> {
  const { answer, isOld } = useRuleQuery("nodes", sound, (client, asked, options) =>
    client.segment.nodes.mutate(asked, options),
  );
  if (answer === null || isOld) return none;
  return new Map(answer.counts.map(({ path, count }) => [path, count]));
}

type Client = ReturnType<typeof useTRPCClient>;

/**
 * What the server says of a rule that was found sound; before that, and while it is asked anew, what it
 * said last. What is outdated is not waited for, and what was answered is not asked again.
 */
export function useRuleQuery<Asked, Answer>(
  name: string,
  asked: Asked | null,
  ask: (client: Client, asked: Asked, options: { signal: AbortSignal }) => Promise<Answer>,
) {
  const client = useTRPCClient();
  const { data, error, isPlaceholderData, isFetching } = useQuery({
    queryKey: [`segment.${name}`, asked],
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => (asked === null ? null : ask(client, asked, { signal })),
  });
  const isOld = asked === null || isPlaceholderData || isFetching;
  return { answer: data ?? null, isOld, failure: error };
}

/** What a value was when it had not changed for so many milliseconds. */
function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  // Keeps in step with the clock.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/trpc/client";

type Client = ReturnType<typeof useTRPCClient>;

/**
 * What the server says of a rule that was found sound; before that, and while it is asked anew, what it
 * said last. What is outdated is not waited for, and what was answered is not asked again.
 */
export function useAsked<Asked, Answer>(
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

"use client";

import { useQuery, type UseQueryOptions } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const POLL_MS = 2_000;

/**
 * What the page was rendered with, asked for again every two seconds until `hasTurned`: then the
 * server renders the page anew, for what came of it is its to tell.
 */
export function usePolled<Data, Failure, Key extends readonly unknown[]>(
  options: UseQueryOptions<Data, Failure, Data, Key>,
  rendered: Data,
  hasTurned: (now: Data, rendered: Data) => boolean,
): Data {
  const router = useRouter();
  const { data = rendered } = useQuery<Data, Failure, Data, Key>({
    ...options,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data !== undefined && hasTurned(state.data, rendered) ? false : POLL_MS,
  });
  const isOutdated = hasTurned(data, rendered);
  // Keeps in step what the server has rendered.
  useEffect(() => {
    if (isOutdated) router.refresh();
  }, [isOutdated, router]);
  return data;
}

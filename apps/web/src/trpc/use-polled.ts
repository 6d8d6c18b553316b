"use client";

import { useQuery, type UseQueryOptions } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const POLL_MS = 2_000;

/**
 * Polls the data that the page was rendered with every two seconds. When `hasTurned` is true, it stops
 * and has the server render the page again, with the result.
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
  // The server's render is outside of React's state.
  useEffect(() => {
    if (isOutdated) router.refresh();
  }, [isOutdated, router]);
  return data;
}

import "server-only";
import { type FetchQueryOptions, HydrationBoundary, dehydrate } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { type ReactNode, cache } from "react";
import { appRouter } from "@/server/api";
import { createContext } from "@/server/current-member";
import { makeQueryClient } from "./query-client";

const queryClient = cache(() => makeQueryClient());

/** The same queries as in the browser, answered without the network. */
export const trpc = createTRPCOptionsProxy({
  ctx: cache(createContext),
  router: appRouter,
  queryClient,
});

/** Starts loading data for components below `HydrateClient`, without waiting for it. */
export function prefetch<Data, Failure, Key extends readonly unknown[]>(
  options: FetchQueryOptions<Data, Failure, Data, Key>,
) {
  void queryClient().prefetchQuery(options);
}

export const HydrateClient = ({ children }: { children: ReactNode }) => (
  <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>
);

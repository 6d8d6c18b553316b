import {
  defaultShouldDehydrateQuery,
  MutationCache,
  QueryCache,
  QueryClient,
} from "@tanstack/react-query";
import superjson from "superjson";

/** `onError` hears of every failed query and mutation, beside whoever asked. */
export const makeQueryClient = (onError: (error: Error) => void = () => {}) =>
  new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // What the server has just read is not read again as the page wakes up.
      queries: { staleTime: 30_000, retry: false },
      dehydrate: {
        serializeData: superjson.serialize,
        // What is still being read is sent as it comes: the page does not wait for it.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        shouldRedactErrors: () => false, // Next redacts them, and needs to see its own
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });

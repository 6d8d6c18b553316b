import {
  defaultShouldDehydrateQuery,
  MutationCache,
  QueryCache,
  QueryClient,
} from "@tanstack/react-query";
import superjson from "superjson";

/** Creates a query client. `onError` receives the error of every failed query and mutation. */
export const makeQueryClient = (onError: (error: Error) => void = () => {}) =>
  new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Data from the server is not fetched again when the page hydrates.
      queries: { staleTime: 30_000, retry: false },
      dehydrate: {
        serializeData: superjson.serialize,
        // Pending data is streamed: the page does not wait for it.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        shouldRedactErrors: () => false, // Next redacts errors, and must recognize its own
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });

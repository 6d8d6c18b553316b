import { toLoggedError } from "@ringfence/services/logged-error";
import { readTraceIds } from "@ringfence/services/platform/tracing";

/** Logs no bodies and no requested addresses, because both may contain phone numbers. */
export const logger = {
  level: "info",
  mixin: readTraceIds,
  serializers: {
    err: toLoggedError,
    req: ({
      method,
      routeOptions,
    }: {
      method: string;
      routeOptions: { url?: string | undefined };
    }) => ({
      method,
      route: routeOptions.url,
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
  },
};

import { toLoggedError } from "@ringfence/services/error-in-log";

/** No bodies, and no addresses as they were asked: a number could stand in them. */
export const logger = {
  level: "info",
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

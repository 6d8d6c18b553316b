import type { FastifyPluginAsync } from "fastify";
import { authenticate } from "../authenticate.ts";
import { documentDoor } from "../document-problems.ts";
import type { Metrics } from "../metrics.ts";
import { screeningRoutes } from "./screenings.ts";
import type { Options } from "../server.ts";

/** All that needs a key: below /v1. */
export const machineDoor: FastifyPluginAsync<
  Omit<Options, "logger"> & { metrics: Metrics }
> = async (server, options) => {
  server.decorateRequest("keyContext", null);
  server.addHook("onRoute", documentDoor);
  authenticate(server, { ...options, limit: options.rateLimit });
  await server.register(screeningRoutes, { metrics: options.metrics });
};

import type { FastifyPluginAsync } from "fastify";
import { authenticate } from "../authenticate.ts";
import { documentDoor } from "../document-problems.ts";
import type { Metrics } from "../metrics.ts";
import { consentRoutes } from "./consents.ts";
import { optOutFeedRoutes } from "./opt-out-feed.ts";
import { optOutRoutes } from "./opt-outs.ts";
import { recordRoutes } from "./records.ts";
import { screeningRoutes } from "./screenings.ts";
import { scrubRoutes } from "./scrubs.ts";
import type { Options } from "../server.ts";

/** All that needs a key: below /v1. */
export const machineDoor: FastifyPluginAsync<
  Omit<Options, "logger"> & { metrics: Metrics }
> = async (server, options) => {
  server.decorateRequest("keyContext", null);
  server.addHook("onRoute", documentDoor);
  authenticate(server, { ...options, limit: options.rateLimit });
  await server.register(screeningRoutes, { metrics: options.metrics });
  await server.register(optOutRoutes);
  await server.register(optOutFeedRoutes);
  await server.register(consentRoutes);
  await server.register(recordRoutes);
  await server.register(scrubRoutes);
};

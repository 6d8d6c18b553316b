import type { FastifyPluginAsync } from "fastify";
import { authenticate, type AuthenticateOptions } from "../authenticate.ts";
import { documentDoor } from "../openapi/document-problems.ts";
import type { Metrics } from "../metrics.ts";
import { callRoutes } from "./calls.ts";
import { consentRoutes } from "./consents.ts";
import { contactRoutes } from "./contacts.ts";
import { optOutRoutes } from "./opt-outs.ts";
import { permitRoutes } from "./permits.ts";
import { screeningRoutes } from "./screenings.ts";
import { scrubRoutes } from "./scrubs.ts";

/** All that needs a key: below /v1. */
export const machineDoor: FastifyPluginAsync<AuthenticateOptions & { metrics: Metrics }> = async (
  server,
  { metrics, ...options },
) => {
  server.addHook("onRoute", documentDoor);
  authenticate(server, options);
  await server.register(screeningRoutes, { metrics });
  await server.register(permitRoutes, { metrics });
  await server.register(optOutRoutes);
  await server.register(consentRoutes);
  await server.register(contactRoutes);
  await server.register(callRoutes);
  await server.register(scrubRoutes);
};

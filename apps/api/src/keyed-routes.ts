import type { HeavyLimitsReader } from "@ringfence/services/account/organization";
import type { FastifyPluginAsync } from "fastify";
import { type AuthenticateOptions, authenticate } from "./authenticate.ts";
import { documentKeyedRoute } from "./openapi/document-answers.ts";
import type { SlotLimits } from "./fair-slots.ts";
import { limitHeavyRequests } from "./limit-heavy.ts";
import type { Metrics } from "./metrics.ts";
import { activityRoutes, activityTypeRoutes } from "./routes/people/activities.ts";
import { blockedListRoutes } from "./routes/do-not-call/blocked-list.ts";
import { callRoutes } from "./routes/calling/calls.ts";
import { campaignRoutes } from "./routes/audience/campaigns.ts";
import { certificateRoutes } from "./routes/proof/certificates.ts";
import { complaintRoutes } from "./routes/desk/complaints.ts";
import { consentRoutes } from "./routes/consents/consents.ts";
import { contactRoutes } from "./routes/people/contacts.ts";
import { dispositionRoutes } from "./routes/do-not-call/inbound.ts";
import { optOutRoutes } from "./routes/do-not-call/opt-outs.ts";
import { permitRoutes, screeningRoutes } from "./routes/calling/screenings.ts";
import { proofRoutes } from "./routes/proof/ledger.ts";
import { scrubRoutes } from "./routes/calling/scrubs.ts";

type KeyedRoutesOptions = AuthenticateOptions & {
  metrics: Metrics;
  publicUrl: string;
  heavyLimits?: SlotLimits;
  readHeavyLimits?: HeavyLimitsReader;
};

/**
 * All routes that need an API key. They are below /v1, as are those of forms and of inbound messages, which
 * need none.
 */
export const keyedRoutes: FastifyPluginAsync<KeyedRoutesOptions> = async (
  server,
  { metrics, publicUrl, heavyLimits, readHeavyLimits, ...options },
) => {
  server.addHook("onRoute", documentKeyedRoute);
  authenticate(server, options);
  limitHeavyRequests(server, { limits: heavyLimits, readLimits: readHeavyLimits });
  await server.register(screeningRoutes, { metrics });
  await server.register(permitRoutes, { metrics });
  await server.register(optOutRoutes);
  await server.register(blockedListRoutes);
  await server.register(dispositionRoutes);
  await server.register(consentRoutes, { publicUrl });
  await server.register(certificateRoutes, { publicUrl });
  await server.register(contactRoutes);
  await server.register(activityRoutes);
  await server.register(activityTypeRoutes);
  await server.register(callRoutes);
  await server.register(complaintRoutes);
  await server.register(campaignRoutes);
  await server.register(proofRoutes);
  await server.register(scrubRoutes);
};

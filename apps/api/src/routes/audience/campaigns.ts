import { CampaignKey, HandedOver, HandOverCalls } from "@ringfence/core/audience/campaign";
import { handOverCalls } from "@ringfence/services/audience/campaign";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requireContext } from "../../authenticate.ts";

export const campaignRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/campaigns/:key/calls",
    {
      config: { action: "campaign.hand-over", problems: ["conflict"] },
      schema: {
        tags: ["Campaigns"],
        operationId: "handOverCalls",
        summary: "List people whom a campaign may call now, each with a five-minute permit",
        description:
          "Screens each person while answering. Left out is everybody who may not be called at this " +
          "instant, who belongs to a campaign with priority, who has answered this one, or who was handed " +
          "over to another campaign whose permit is still valid. Without `after`, a new hand-over begins. " +
          "Dial with `POST /v1/permits/verify`, which refuses once the campaign is paused. A campaign that " +
          "is not running is answered 409. Every page read is recorded.",
        params: z.object({ key: CampaignKey }),
        querystring: HandOverCalls,
        response: { 200: HandedOver },
      },
    },
    (request) => handOverCalls(requireContext(request), { ...request.params, ...request.query }),
  );
};

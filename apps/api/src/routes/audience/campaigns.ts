import { CampaignKey, HandedOver, HandOverCalls } from "@ringfence/core/audience/campaign";
import { handOverCalls } from "@ringfence/services/audience/campaign";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { contextOf } from "../../authenticate.ts";

export const campaignRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/campaigns/:key/calls",
    {
      config: { action: "campaign.hand-over", problems: ["conflict"] },
      schema: {
        tags: ["Campaigns"],
        operationId: "handOverCalls",
        summary: "Whom a campaign may call now, each with a permit of five minutes",
        description:
          "Screened as it is answered: who may not be called at this instant is left out, and so is " +
          "whoever belongs to a campaign that goes first, has answered this one, or was handed over " +
          "to another whose permit holds. Without `after` a hand-over begins. Dial with " +
          "`POST /v1/permits/verify`, which refuses once the campaign is paused. A campaign that does " +
          "not run is 409. Each page that is read is on record.",
        params: z.object({ key: CampaignKey }),
        querystring: HandOverCalls,
        response: { 200: HandedOver },
      },
    },
    (request) => handOverCalls(contextOf(request), { ...request.params, ...request.query }),
  );
};

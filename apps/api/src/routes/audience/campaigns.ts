import {
  CampaignDuties,
  CampaignKey,
  HandedOver,
  HandOverCalls,
  ReadDutiesByKey,
  isOpenDuty,
} from "@ringfence/core/audience/campaign";
import type { Locale } from "@ringfence/core/platform/message";
import { type Duty, handOverCalls, readDutiesByKey } from "@ringfence/services/audience/campaign";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requestLocale } from "../../answer-errors.ts";
import { requireContext } from "../../authenticate.ts";

export const campaignRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/campaigns/:key/calls",
    {
      config: { documentedAction: "campaign.hand-over", problems: ["conflict"] },
      schema: {
        tags: ["Campaigns"],
        operationId: "handOverCalls",
        summary: "List people whom a campaign may call now, each with a five-minute permit",
        description:
          "Screens each person while answering. People are left out who may not be called at this instant, " +
          "who belong to a campaign with priority, who have answered this one, whom a threshold holds back, or whom " +
          "another hand-over, of any campaign, still holds. Without `after`, a new hand-over begins. " +
          "Dial with `POST /v1/permits/verify`, which refuses once the campaign is paused. A campaign that " +
          "is not running is answered 409. Every page read is recorded.",
        params: z.object({ key: CampaignKey }),
        querystring: HandOverCalls,
        response: { 200: HandedOver },
      },
    },
    (request) => handOverCalls(requireContext(request), { ...request.params, ...request.query }),
  );

  server.get(
    "/campaigns/:key/duties",
    {
      config: { documentedAction: "campaign.read-duties" },
      schema: {
        tags: ["Campaigns"],
        operationId: "readCampaignDuties",
        summary: "List what the law asks of the caller of a campaign, and whether it is confirmed",
        description:
          "Duties that no program can check, such as a registration. Calls of the campaign into a place with a " +
          "duty that is not confirmed are refused. An officer confirms duties on the campaign's page.",
        params: ReadDutiesByKey,
        response: { 200: CampaignDuties },
      },
    },
    async (request) => {
      const { key } = request.params;
      const duties = await readDutiesByKey(requireContext(request), { key });
      return toDutiesResponse(requestLocale(request), key, duties);
    },
  );
};

/** Converts duties. `open` is 0 for a campaign that is over, and null if its people have never been counted. */
const toDutiesResponse = (
  locale: Locale,
  campaign: CampaignKey,
  duties: Awaited<ReturnType<typeof readDutiesByKey>>,
): CampaignDuties =>
  typeof duties === "object"
    ? {
        campaign,
        open: duties.filter(isOpenDuty).length,
        items: duties.map((duty) => toDutyItem(locale, duty)),
      }
    : { campaign, open: duties === "over" ? 0 : null, items: [] };

const toDutyItem = (
  locale: Locale,
  { duty: rule, state, startsOn, confirmation }: Duty,
): CampaignDuties["items"][number] => ({
  rule: rule.id,
  place: rule.jurisdiction,
  sentence: rule.duty[locale],
  citation: rule.citation,
  mark: rule.confidence,
  state,
  startsOn,
  confirmedAt: confirmation?.at ?? null,
  validUntil: confirmation?.validUntil ?? null,
});

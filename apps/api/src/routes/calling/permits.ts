import { PermitResponse, VerifyPermit } from "@ringfence/core/calling/screening";
import { verifyPermit } from "@ringfence/services/calling/screening";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { cannotCheckHandler, unchecked } from "../../answer-unchecked.ts";
import { requestLocale } from "../../answer-errors.ts";
import { requireContext, PATIENCE_MS } from "../../authenticate.ts";
import type { Metrics } from "../../metrics.ts";
import { tellScreening } from "../../tell.ts";
import { within } from "../../within.ts";

export const permitRoutes: FastifyPluginAsyncZod<{ metrics: Metrics }> = async (
  server,
  { metrics },
) => {
  server.post(
    "/permits/verify",
    {
      errorHandler: cannotCheckHandler,
      config: { action: "screening.run", problems: ["unprocessable", "conflict"] },
      schema: {
        tags: ["Screening"],
        operationId: "verifyPermit",
        summary: "Check whether the call of this permit may still be placed",
        description:
          "Screens the call again at this instant: dial only on `allow`. A permit that is not yours, has " +
          "expired or is for another number is answered 422; one that was used up, 409.",
        body: VerifyPermit,
        response: { 200: PermitResponse, ...unchecked },
      },
    },
    async (request) => {
      const answer = await within(PATIENCE_MS, verifyPermit(requireContext(request), request.body));
      metrics.countScreening(answer);
      return tellScreening(requestLocale(request), answer);
    },
  );
};

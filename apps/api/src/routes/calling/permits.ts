import { PermitResponse, VerifyPermit } from "@ringfence/core/calling/screening";
import { verifyPermit } from "@ringfence/services/calling/screening";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { cannotCheckHandler, unchecked } from "../../answer-unchecked.ts";
import { localeOf } from "../../answer-errors.ts";
import { contextOf, PATIENCE_MS } from "../../authenticate.ts";
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
        summary: "May the call of this permit still be placed?",
        description:
          "Screened again at this instant: dial on `allow` alone. A permit that is not yours, has ended " +
          "or is for another number is 422; one that was used up is 409.",
        body: VerifyPermit,
        response: { 200: PermitResponse, ...unchecked },
      },
    },
    async (request) => {
      const answer = await within(PATIENCE_MS, verifyPermit(contextOf(request), request.body));
      metrics.countScreening(answer);
      return tellScreening(localeOf(request), answer);
    },
  );
};

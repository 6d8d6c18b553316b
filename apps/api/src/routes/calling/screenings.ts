import {
  BatchResponse,
  PermitResponse,
  ScreenBatch,
  ScreenCall,
  ScreeningResponse,
  VerifyPermit,
  maxBatchItems,
} from "@ringfence/core/calling/screening";
import { screenBatch, screenCall, verifyPermit } from "@ringfence/services/calling/screening";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { requestLocale } from "../../answer-errors.ts";
import {
  cannotCheckHandler as errorHandler,
  formatBatch,
  formatScreening,
  cannotCheckAnswers,
} from "../../answer-screening.ts";
import { requireContext } from "../../authenticate.ts";
import { hasLargeBody } from "../../limit-heavy.ts";
import type { Metrics } from "../../metrics.ts";
import { ProblemError } from "../../problem.ts";
import { DATABASE_TIMEOUT_MS, within } from "../../within.ts";

const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_PATIENCE_MS = 30_000;

const tags = ["Screening"];

export const screeningRoutes: FastifyPluginAsyncZod<{ metrics: Metrics }> = async (
  server,
  { metrics },
) => {
  server.post(
    "/screenings",
    {
      errorHandler,
      config: { documentedAction: "screening.run", verbAsksForKey: true },
      schema: {
        tags,
        operationId: "screenCall",
        summary: "Decide whether a call may be placed",
        body: ScreenCall,
        response: { 200: ScreeningResponse, ...cannotCheckAnswers },
      },
    },
    async (request) => {
      const answer = await within(
        DATABASE_TIMEOUT_MS,
        screenCall(requireContext(request), request.body),
      );
      metrics.countScreening(answer);
      return formatScreening(requestLocale(request), answer);
    },
  );

  server.post(
    "/screenings/batch",
    {
      errorHandler,
      bodyLimit: BATCH_BYTES,
      config: { documentedAction: "screening.run", isHeavy: hasLargeBody },
      schema: {
        tags,
        operationId: "screenBatch",
        summary: "Decide whether up to 10,000 calls may be placed, all at one instant",
        body: ScreenBatch,
        response: { 200: BatchResponse, ...cannotCheckAnswers },
      },
    },
    async (request) => {
      const { items } = request.body;
      if (items.length > maxBatchItems) {
        throw new ProblemError("too-large", {
          key: "error.too-many-items",
          values: { maximum: maxBatchItems },
        });
      }
      const answer = await within(
        BATCH_PATIENCE_MS,
        screenBatch(requireContext(request), request.body),
      );
      for (const result of answer.results) metrics.countScreening(result);
      return formatBatch(requestLocale(request), answer);
    },
  );
};

export const permitRoutes: FastifyPluginAsyncZod<{ metrics: Metrics }> = async (
  server,
  { metrics },
) => {
  server.post(
    "/permits/verify",
    {
      errorHandler,
      config: { documentedAction: "screening.run", problems: ["unprocessable", "conflict"] },
      schema: {
        tags: ["Screening"],
        operationId: "verifyPermit",
        summary: "Check whether the call of this permit may still be placed",
        description:
          "Screens the call again at this instant: dial only on `allow`. A permit that is not yours, has " +
          "expired or is for another number is answered 422; one that was used up, 409.",
        body: VerifyPermit,
        response: { 200: PermitResponse, ...cannotCheckAnswers },
      },
    },
    async (request) => {
      const answer = await within(
        DATABASE_TIMEOUT_MS,
        verifyPermit(requireContext(request), request.body),
      );
      metrics.countScreening(answer);
      return formatScreening(requestLocale(request), answer);
    },
  );
};

import {
  BatchResponse,
  maxBatchItems,
  ScreenBatch,
  ScreenCall,
  ScreeningResponse,
} from "@ringfence/core/calling/screening";
import { screenBatch, screenCall } from "@ringfence/services/calling/screening";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { requestLocale } from "../../answer-errors.ts";
import { cannotCheckHandler as errorHandler, unchecked } from "../../answer-unchecked.ts";
import { requireContext, PATIENCE_MS } from "../../authenticate.ts";
import type { Metrics } from "../../metrics.ts";
import { ProblemError } from "../../problem.ts";
import { tellBatch, tellScreening } from "../../tell.ts";
import { within } from "../../within.ts";

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
      config: { action: "screening.run", verbAsksForKey: true },
      schema: {
        tags,
        operationId: "screenCall",
        summary: "Decide whether a call may be placed",
        body: ScreenCall,
        response: { 200: ScreeningResponse, ...unchecked },
      },
    },
    async (request) => {
      const answer = await within(PATIENCE_MS, screenCall(requireContext(request), request.body));
      metrics.countScreening(answer);
      return tellScreening(requestLocale(request), answer);
    },
  );

  server.post(
    "/screenings/batch",
    {
      errorHandler,
      bodyLimit: BATCH_BYTES,
      config: { action: "screening.run" },
      schema: {
        tags,
        operationId: "screenBatch",
        summary: "Decide whether up to 10,000 calls may be placed, all at one instant",
        body: ScreenBatch,
        response: { 200: BatchResponse, ...unchecked },
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
      return tellBatch(requestLocale(request), answer);
    },
  );
};

import { CallRow } from "@ringfence/core/call";
import { recordCalls } from "@ringfence/services/call";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { answerRows } from "../rows/answer-rows.ts";
import { callColumns as columns } from "../rows/columns.ts";
import { rowsRoute, rowsSchema, takeRows } from "../rows/take-rows.ts";

export const callRoutes: FastifyPluginAsyncZod = async (server) => {
  const { bodyLimit, mediaTypes } = rowsRoute;
  takeRows(server);

  server.post(
    "/calls",
    {
      bodyLimit,
      config: { action: "call.record", columns, mediaTypes },
      schema: {
        ...rowsSchema,
        operationId: "recordCalls",
        summary: "Put calls that were placed on record, from the dialer's log",
        body: CallRow.array(),
      },
    },
    (request, reply) => answerRows(request, reply, recordCalls),
  );
};

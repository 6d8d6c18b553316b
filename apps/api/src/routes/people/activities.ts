import { ActivityRow, ActivityType } from "@ringfence/core/people/activity";
import { defineActivityType, recordActivities } from "@ringfence/services/people/activity";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { ChangeHeaders, answerChange } from "../../answer-change.ts";
import { answerRows } from "../../rows/answer-rows.ts";
import { activityColumns as columns } from "../../rows/read-csv.ts";
import { rowsRoute, rowsSchema, takeRows } from "../../rows/take-rows.ts";

export const activityRoutes: FastifyPluginAsyncZod = async (server) => {
  const { bodyLimit, ...rows } = rowsRoute;
  takeRows(server);

  server.post(
    "/activities",
    {
      bodyLimit,
      config: { documentedAction: "activity.record", columns, ...rows },
      schema: {
        ...rowsSchema,
        operationId: "recordActivities",
        summary: "Record what people did: purchases, visits, sign-ups, outcomes, preferences",
        body: ActivityRow.array(),
      },
    },
    (request, reply) => answerRows(request, reply, recordActivities),
  );
};

export const activityTypeRoutes: FastifyPluginAsyncZod = async (server) => {
  server.post(
    "/activity-types",
    {
      config: { documentedAction: "activity-type.change", problems: ["conflict"] },
      schema: {
        tags: ["Records"],
        operationId: "defineActivityType",
        summary: "Define a type of activity, or add properties to it",
        headers: ChangeHeaders,
        body: ActivityType,
        response: { 200: ActivityType },
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => ({
        status: 200,
        body: await defineActivityType(ctx, request.body),
      })),
  );
};

import { ActivityType } from "@ringfence/core/people/activity";
import { defineActivityType, readActivities } from "@ringfence/services/people/activity";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const activityRouter = {
  read: memberProcedure.query(({ ctx }) => readActivities(ctx)),

  define: memberProcedure
    .input(ActivityType)
    .mutation(({ ctx, input }) => defineActivityType(ctx, input)),
} satisfies TRPCRouterRecord;

import { listNeeds, readToday } from "@ringfence/services/desk/today";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const todayRouter = {
  read: memberProcedure.query(({ ctx }) => readToday(ctx, ctx.member)),

  needs: memberProcedure.query(({ ctx }) => listNeeds(ctx)),
} satisfies TRPCRouterRecord;

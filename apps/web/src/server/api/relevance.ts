import { SetThreshold } from "@ringfence/core/relevance";
import { readRelevance, setThreshold } from "@ringfence/services/relevance";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const relevanceRouter = {
  read: memberProcedure.query(({ ctx }) => readRelevance(ctx)),

  setThreshold: memberProcedure
    .input(SetThreshold)
    .mutation(({ ctx, input }) => setThreshold(ctx, input)),
} satisfies TRPCRouterRecord;

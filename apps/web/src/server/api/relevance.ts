import { OfferReference } from "@ringfence/core/audience/offer";
import { SetThreshold } from "@ringfence/core/audience/relevance";
import { readRelevance, readThreshold, setThreshold } from "@ringfence/services/audience/relevance";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const relevanceRouter = {
  read: memberProcedure.query(({ ctx }) => readRelevance(ctx)),

  threshold: memberProcedure
    .input(OfferReference)
    .query(({ ctx, input }) => readThreshold(ctx, input)),

  setThreshold: memberProcedure
    .input(SetThreshold)
    .mutation(({ ctx, input }) => setThreshold(ctx, input)),
} satisfies TRPCRouterRecord;

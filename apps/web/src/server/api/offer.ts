import { AskOffer, MatchOffers, SaveOffer } from "@ringfence/core/offer";
import { archiveOffer, listOffers, matchOffers, saveOffer } from "@ringfence/services/offer";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const offerRouter = {
  list: memberProcedure.query(({ ctx }) => listOffers(ctx)),

  match: memberProcedure
    .input(MatchOffers)
    .query(({ ctx, input }) => matchOffers(ctx, { ...input, locale: ctx.locale })),

  save: memberProcedure.input(SaveOffer).mutation(({ ctx, input }) => saveOffer(ctx, input)),

  archive: memberProcedure.input(AskOffer).mutation(({ ctx, input }) => archiveOffer(ctx, input)),
} satisfies TRPCRouterRecord;

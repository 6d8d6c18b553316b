import { OfferReference, MatchOffers, SaveOffer } from "@ringfence/core/audience/offer";
import { listOffers, matchOffers, readOffer, saveOffer } from "@ringfence/services/audience/offer";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const offerRouter = {
  list: memberProcedure.query(({ ctx }) => listOffers(ctx)),

  match: memberProcedure
    .input(MatchOffers)
    .query(({ ctx, input }) => matchOffers(ctx, { ...input, locale: ctx.locale })),

  save: memberProcedure.input(SaveOffer).mutation(({ ctx, input }) => saveOffer(ctx, input)),

  read: memberProcedure.input(OfferReference).query(({ ctx, input }) => readOffer(ctx, input)),
} satisfies TRPCRouterRecord;

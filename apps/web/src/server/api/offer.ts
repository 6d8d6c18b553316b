import { ArchiveOffer, SaveOffer } from "@ringfence/core/offer";
import { archiveOffer, listOffers, saveOffer } from "@ringfence/services/offer";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const offerRouter = {
  list: memberProcedure.query(({ ctx }) => listOffers(ctx)),

  save: memberProcedure.input(SaveOffer).mutation(({ ctx, input }) => saveOffer(ctx, input)),

  archive: memberProcedure
    .input(ArchiveOffer)
    .mutation(({ ctx, input }) => archiveOffer(ctx, input)),
} satisfies TRPCRouterRecord;

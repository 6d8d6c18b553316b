import { AddSeller, ChangeSeller } from "@ringfence/core/account/seller";
import { addSeller, changeSeller, listSellers } from "@ringfence/services/account/seller";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const sellerRouter = {
  list: memberProcedure.query(({ ctx }) => listSellers(ctx)),

  add: memberProcedure.input(AddSeller).mutation(({ ctx, input }) => addSeller(ctx, input)),

  change: memberProcedure
    .input(ChangeSeller)
    .mutation(({ ctx, input }) => changeSeller(ctx, input)),
} satisfies TRPCRouterRecord;

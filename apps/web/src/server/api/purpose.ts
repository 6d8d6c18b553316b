import { AddPurpose, RenamePurpose } from "@ringfence/core/account/purpose";
import { addPurpose, listPurposes, renamePurpose } from "@ringfence/services/account/purpose";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const purposeRouter = {
  list: memberProcedure.query(({ ctx }) => listPurposes(ctx)),

  add: memberProcedure.input(AddPurpose).mutation(({ ctx, input }) => addPurpose(ctx, input)),

  rename: memberProcedure
    .input(RenamePurpose)
    .mutation(({ ctx, input }) => renamePurpose(ctx, input)),
} satisfies TRPCRouterRecord;

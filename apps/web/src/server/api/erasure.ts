import { EraseClaims, ErasePerson } from "@ringfence/core/desk/erasure";
import { eraseClaims, erasePerson } from "@ringfence/services/desk/erasure";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const erasureRouter = {
  person: memberProcedure.input(ErasePerson).mutation(({ ctx, input }) => erasePerson(ctx, input)),

  claims: memberProcedure.input(EraseClaims).mutation(({ ctx, input }) => eraseClaims(ctx, input)),
} satisfies TRPCRouterRecord;

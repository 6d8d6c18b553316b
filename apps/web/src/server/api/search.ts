import { Search } from "@ringfence/core/desk/search";
import { search } from "@ringfence/services/desk/search";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const searchRouter = {
  /** A mutation, so that what is typed goes in the body and never in an address. */
  find: memberProcedure.input(Search).mutation(({ ctx, input }) => search(ctx, input)),
} satisfies TRPCRouterRecord;

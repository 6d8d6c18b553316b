import { FindNumber, ReadNumber } from "@ringfence/core/calling/screening";
import { findNumber, readNumber } from "@ringfence/services/desk/number";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const phoneRouter = {
  // Not a query, whose input stands in the address: a number has no place there.
  find: memberProcedure.input(FindNumber).mutation(({ ctx, input }) => findNumber(ctx, input)),

  read: memberProcedure.input(ReadNumber).query(({ ctx, input }) => readNumber(ctx, input)),
} satisfies TRPCRouterRecord;

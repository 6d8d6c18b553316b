import { FindNumber, ReadNumber } from "@ringfence/core/calling/screening";
import { findNumber, readNumber } from "@ringfence/services/desk/number";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const phoneRouter = {
  // Not a query, because a query's input is in the address, where a number must not appear.
  find: memberProcedure.input(FindNumber).mutation(({ ctx, input }) => findNumber(ctx, input)),

  read: memberProcedure.input(ReadNumber).query(({ ctx, input }) => readNumber(ctx, input)),
} satisfies TRPCRouterRecord;

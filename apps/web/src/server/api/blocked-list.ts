import { SetBlockedList } from "@ringfence/core/do-not-call/blocked-list";
import { readBlockedList, setBlockedList } from "@ringfence/services/do-not-call/blocked-list";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const blockedListRouter = {
  read: memberProcedure.query(({ ctx }) => readBlockedList(ctx)),

  set: memberProcedure
    .input(SetBlockedList)
    .mutation(({ ctx, input }) => setBlockedList(ctx, input)),
} satisfies TRPCRouterRecord;

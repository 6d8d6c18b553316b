import {
  EndSuppression,
  ListSuppressions,
  RecordSuppression,
} from "@ringfence/core/do-not-call/suppression";
import {
  endSuppression,
  listSuppressions,
  recordSuppression,
} from "@ringfence/services/do-not-call/suppression";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const suppressionRouter = {
  list: memberProcedure
    .input(ListSuppressions)
    .query(({ ctx, input }) => listSuppressions(ctx, input)),

  record: memberProcedure
    .input(RecordSuppression)
    .mutation(({ ctx, input }) => recordSuppression(ctx, input)),

  end: memberProcedure
    .input(EndSuppression)
    .mutation(({ ctx, input }) => endSuppression(ctx, input)),
} satisfies TRPCRouterRecord;

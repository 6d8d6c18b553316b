import { UnreadableOptOutId, OptOutId } from "@ringfence/core/ids";
import {
  AnswerCorrection,
  DiscardUnreadableOptOut,
  ListOptOuts,
  ProposeCorrection,
  RecordOptOut,
  RestoreUnreadableOptOut,
} from "@ringfence/core/do-not-call/opt-out";
import {
  answerCorrection,
  discardUnreadableOptOut,
  listCorrections,
  listDiscardedOptOuts,
  listUnreadableOptOuts,
  listOptOuts,
  resolveUnreadableOptOut,
  recordOptOut,
  proposeCorrection,
  readOptOut,
  restoreUnreadableOptOut,
} from "@ringfence/services/do-not-call/opt-out";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const optOutRouter = {
  list: memberProcedure.input(ListOptOuts).query(({ ctx, input }) => listOptOuts(ctx, input)),

  read: memberProcedure
    .input(z.object({ id: OptOutId }))
    .query(({ ctx, input }) => readOptOut(ctx, input)),

  corrections: memberProcedure.query(({ ctx }) => listCorrections(ctx)),

  proposeCorrection: memberProcedure
    .input(ProposeCorrection)
    .mutation(({ ctx, input }) => proposeCorrection(ctx, input)),

  answerCorrection: memberProcedure
    .input(AnswerCorrection)
    .mutation(({ ctx, input }) => answerCorrection(ctx, input)),

  misread: memberProcedure.query(({ ctx }) => listUnreadableOptOuts(ctx)),

  discarded: memberProcedure.query(({ ctx }) => listDiscardedOptOuts(ctx)),

  record: memberProcedure
    .input(RecordOptOut)
    .mutation(({ ctx, input }) => recordOptOut(ctx, input)),

  discard: memberProcedure
    .input(DiscardUnreadableOptOut)
    .mutation(({ ctx, input }) => discardUnreadableOptOut(ctx, input)),

  takeUp: memberProcedure
    .input(RestoreUnreadableOptOut)
    .mutation(({ ctx, input }) => restoreUnreadableOptOut(ctx, input)),

  mend: memberProcedure
    .input(z.object({ id: UnreadableOptOutId, phone: z.string().max(256) }))
    .mutation(({ ctx, input }) => resolveUnreadableOptOut(ctx, input)),
} satisfies TRPCRouterRecord;

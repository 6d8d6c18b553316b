import { MisreadOptOutId, OptOutId } from "@ringfence/core/ids";
import {
  AnswerCorrection,
  DiscardMisread,
  ListOptOuts,
  ProposeCorrection,
  RecordOptOut,
  TakeUpMisread,
} from "@ringfence/core/do-not-call/opt-out";
import {
  answerCorrection,
  discardMisread,
  listCorrections,
  listDiscardedMisreads,
  listMisreadOptOuts,
  listOptOuts,
  mendOptOut,
  optOut,
  proposeCorrection,
  readOptOut,
  takeUpMisread,
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

  misread: memberProcedure.query(({ ctx }) => listMisreadOptOuts(ctx)),

  discarded: memberProcedure.query(({ ctx }) => listDiscardedMisreads(ctx)),

  record: memberProcedure.input(RecordOptOut).mutation(({ ctx, input }) => optOut(ctx, input)),

  discard: memberProcedure
    .input(DiscardMisread)
    .mutation(({ ctx, input }) => discardMisread(ctx, input)),

  takeUp: memberProcedure
    .input(TakeUpMisread)
    .mutation(({ ctx, input }) => takeUpMisread(ctx, input)),

  mend: memberProcedure
    .input(z.object({ id: MisreadOptOutId, phone: z.string().max(256) }))
    .mutation(({ ctx, input }) => mendOptOut(ctx, input)),
} satisfies TRPCRouterRecord;

import { AnswerQuestion, ConnectTwilio, MapDisposition } from "@ringfence/core/inbound";
import {
  answerQuestion,
  connectTwilio,
  listDispositions,
  listQuestions,
  listSources,
  mapDisposition,
} from "@ringfence/services/inbound";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const inboundRouter = {
  questions: memberProcedure.query(({ ctx }) => listQuestions(ctx)),

  answer: memberProcedure
    .input(AnswerQuestion)
    .mutation(({ ctx, input }) => answerQuestion(ctx, input)),

  dispositions: memberProcedure.query(({ ctx }) => listDispositions(ctx)),

  map: memberProcedure
    .input(MapDisposition)
    .mutation(({ ctx, input }) => mapDisposition(ctx, input)),

  sources: memberProcedure.query(({ ctx }) => listSources(ctx)),

  connect: memberProcedure
    .input(ConnectTwilio)
    .mutation(({ ctx, input }) => connectTwilio(ctx, input)),
} satisfies TRPCRouterRecord;

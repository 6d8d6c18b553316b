import { SourceId } from "@ringfence/core/ids";
import {
  AnswerQuestion,
  ConnectMailgun,
  ConnectTwilio,
  MapDisposition,
  ReplaceSecret,
} from "@ringfence/core/do-not-call/inbound";
import {
  answerQuestion,
  connectMailgun,
  connectTwilio,
  disconnectSource,
  listDispositions,
  listQuestions,
  listSources,
  mapDisposition,
  replaceSecret,
} from "@ringfence/services/do-not-call/inbound";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
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

  connectTwilio: memberProcedure
    .input(ConnectTwilio)
    .mutation(({ ctx, input }) => connectTwilio(ctx, input)),

  connectMailgun: memberProcedure
    .input(ConnectMailgun)
    .mutation(({ ctx, input }) => connectMailgun(ctx, input)),

  replaceSecret: memberProcedure
    .input(ReplaceSecret)
    .mutation(({ ctx, input }) => replaceSecret(ctx, input)),

  disconnect: memberProcedure
    .input(z.object({ sourceId: SourceId }))
    .mutation(({ ctx, input }) => disconnectSource(ctx, input.sourceId)),
} satisfies TRPCRouterRecord;

import {
  AnswerBurstLifting,
  DismissBurst,
  ListBursts,
  ProposeBurstLifting,
  ReadBurst,
} from "@ringfence/core/do-not-call/burst";
import {
  answerBurstLifting,
  dismissBurst,
  listBursts,
  proposeBurstLifting,
  readBurst,
} from "@ringfence/services/do-not-call/burst";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const burstRouter = {
  list: memberProcedure.input(ListBursts).query(({ ctx, input }) => listBursts(ctx, input)),

  read: memberProcedure.input(ReadBurst).query(({ ctx, input }) => readBurst(ctx, input)),

  dismiss: memberProcedure
    .input(DismissBurst)
    .mutation(({ ctx, input }) => dismissBurst(ctx, input)),

  proposeLifting: memberProcedure
    .input(ProposeBurstLifting)
    .mutation(({ ctx, input }) => proposeBurstLifting(ctx, input)),

  answerLifting: memberProcedure
    .input(AnswerBurstLifting)
    .mutation(({ ctx, input }) => answerBurstLifting(ctx, input)),
} satisfies TRPCRouterRecord;

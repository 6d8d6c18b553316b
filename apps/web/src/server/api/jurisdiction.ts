import {
  AddClosedDay,
  DeclareEmergency,
  EaseRule,
  EndClosedDay,
  EndEmergency,
  ListRules,
  RestoreRule,
} from "@ringfence/core/people/jurisdiction";
import {
  addClosedDay,
  declareEmergency,
  easeRule,
  endClosedDay,
  endEmergency,
  listClosedDays,
  listEmergencies,
  listRuleDecisions,
  listRules,
  listRuleSets,
  restoreRule,
} from "@ringfence/services/people/jurisdiction";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const jurisdictionRouter = {
  rules: memberProcedure.input(ListRules).query(({ ctx, input }) => listRules(ctx, input)),

  easeRule: memberProcedure.input(EaseRule).mutation(({ ctx, input }) => easeRule(ctx, input)),

  restoreRule: memberProcedure
    .input(RestoreRule)
    .mutation(({ ctx, input }) => restoreRule(ctx, input)),

  decisions: memberProcedure.query(({ ctx }) => listRuleDecisions(ctx)),

  ruleSets: memberProcedure.query(({ ctx }) => listRuleSets(ctx)),

  emergencies: memberProcedure.query(({ ctx }) => listEmergencies(ctx)),

  declareEmergency: memberProcedure
    .input(DeclareEmergency)
    .mutation(({ ctx, input }) => declareEmergency(ctx, input)),

  endEmergency: memberProcedure
    .input(EndEmergency)
    .mutation(({ ctx, input }) => endEmergency(ctx, input)),

  closedDays: memberProcedure.query(({ ctx }) => listClosedDays(ctx)),

  addClosedDay: memberProcedure
    .input(AddClosedDay)
    .mutation(({ ctx, input }) => addClosedDay(ctx, input)),

  endClosedDay: memberProcedure
    .input(EndClosedDay)
    .mutation(({ ctx, input }) => endClosedDay(ctx, input)),
} satisfies TRPCRouterRecord;

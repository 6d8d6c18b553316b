import type { TRPCRouterRecord } from "@trpc/server";
import { defineActivityType, readActivities } from "@ringfence/services/people/activity";
import {
  addClosedDay,
  answerLawAcceptance,
  declareEmergency,
  easeRule,
  endClosedDay,
  endEmergency,
  listClosedDays,
  listUpcomingChanges,
  listEmergencies,
  listLawUpdates,
  listRuleDecisions,
  listRuleSets,
  listRules,
  proposeLawAcceptance,
  restoreRule,
  viewLaw,
} from "@ringfence/services/people/jurisdiction";
import { memberProcedure } from "./trpc";

export const activityRouter = {
  read: memberProcedure.query(({ ctx }) => readActivities(ctx)),

  define: memberProcedure
    .input(defineActivityType.input)
    .mutation(({ ctx, input }) => defineActivityType(ctx, input)),
} satisfies TRPCRouterRecord;

export const jurisdictionRouter = {
  law: memberProcedure.query(({ ctx }) => viewLaw(ctx)),

  rules: memberProcedure.input(listRules.input).query(({ ctx, input }) => listRules(ctx, input)),

  easeRule: memberProcedure
    .input(easeRule.input)
    .mutation(({ ctx, input }) => easeRule(ctx, input)),

  restoreRule: memberProcedure
    .input(restoreRule.input)
    .mutation(({ ctx, input }) => restoreRule(ctx, input)),

  decisions: memberProcedure.query(({ ctx }) => listRuleDecisions(ctx)),

  upcomingChanges: memberProcedure.query(({ ctx }) => listUpcomingChanges(ctx)),

  updates: memberProcedure.query(({ ctx }) => listLawUpdates(ctx)),

  proposeAcceptance: memberProcedure
    .input(proposeLawAcceptance.input)
    .mutation(({ ctx, input }) => proposeLawAcceptance(ctx, input)),

  answerAcceptance: memberProcedure
    .input(answerLawAcceptance.input)
    .mutation(({ ctx, input }) => answerLawAcceptance(ctx, input)),

  ruleSets: memberProcedure.query(({ ctx }) => listRuleSets(ctx)),

  emergencies: memberProcedure.query(({ ctx }) => listEmergencies(ctx)),

  declareEmergency: memberProcedure
    .input(declareEmergency.input)
    .mutation(({ ctx, input }) => declareEmergency(ctx, input)),

  endEmergency: memberProcedure
    .input(endEmergency.input)
    .mutation(({ ctx, input }) => endEmergency(ctx, input)),

  closedDays: memberProcedure.query(({ ctx }) => listClosedDays(ctx)),

  addClosedDay: memberProcedure
    .input(addClosedDay.input)
    .mutation(({ ctx, input }) => addClosedDay(ctx, input)),

  endClosedDay: memberProcedure
    .input(endClosedDay.input)
    .mutation(({ ctx, input }) => endClosedDay(ctx, input)),
} satisfies TRPCRouterRecord;

import { FindNumber, ReadNumber } from "@ringfence/core/calling/screening";
import { findNumber, readNumber } from "@ringfence/services/desk/number";
import type { TRPCRouterRecord } from "@trpc/server";
import { ListContacts } from "@ringfence/core/people/contact";
import { ContactId } from "@ringfence/core/ids";
import { listContacts, readContact } from "@ringfence/services/desk/contact";
import { z } from "zod";
import { ActivityType } from "@ringfence/core/people/activity";
import { defineActivityType, readActivities } from "@ringfence/services/people/activity";
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
  listRuleSets,
  listRules,
  restoreRule,
} from "@ringfence/services/people/jurisdiction";
import { memberProcedure } from "./trpc";

export const phoneRouter = {
  // Not a query, because a query's input is in the address, where a number must not appear.
  find: memberProcedure.input(FindNumber).mutation(({ ctx, input }) => findNumber(ctx, input)),

  read: memberProcedure.input(ReadNumber).query(({ ctx, input }) => readNumber(ctx, input)),
} satisfies TRPCRouterRecord;

export const contactRouter = {
  list: memberProcedure.input(ListContacts).query(({ ctx, input }) => listContacts(ctx, input)),

  read: memberProcedure
    .input(z.object({ contactId: ContactId }))
    .query(({ ctx, input }) => readContact(ctx, input.contactId)),
} satisfies TRPCRouterRecord;

export const activityRouter = {
  read: memberProcedure.query(({ ctx }) => readActivities(ctx)),

  define: memberProcedure
    .input(ActivityType)
    .mutation(({ ctx, input }) => defineActivityType(ctx, input)),
} satisfies TRPCRouterRecord;

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

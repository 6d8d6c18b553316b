import { ScreeningId, ScrubId, ViolationId } from "@ringfence/core/ids";
import { listCalls } from "@ringfence/services/calling/call";
import { listScreenings, readScreening, screenAgain } from "@ringfence/services/calling/screening";
import {
  discardPolicyDraft,
  listPolicies,
  publishPolicy,
  readPolicyDraft,
  savePolicyDraft,
  startPolicyDraft,
  viewPlace,
} from "@ringfence/services/calling/policy";
import {
  listScrubs,
  readScrub,
  readScrubRow,
  repeatScrub,
  screenRowAgain,
} from "@ringfence/services/calling/scrub";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import {
  assignViolation,
  closeViolation,
  listViolations,
  noteViolation,
  readViolation,
} from "@ringfence/services/calling/violation";
import { memberProcedure } from "./trpc";

export const policyRouter = {
  /** The hours of a place, by the law and the policy. */
  place: memberProcedure.input(viewPlace.input).query(({ ctx, input }) => viewPlace(ctx, input)),

  list: memberProcedure.query(({ ctx }) => listPolicies(ctx)),

  draft: memberProcedure
    .input(readPolicyDraft.input)
    .query(({ ctx, input }) => readPolicyDraft(ctx, input)),

  start: memberProcedure
    .input(startPolicyDraft.input)
    .mutation(({ ctx, input }) => startPolicyDraft(ctx, input)),

  save: memberProcedure
    .input(savePolicyDraft.input)
    .mutation(({ ctx, input }) => savePolicyDraft(ctx, input)),

  discard: memberProcedure
    .input(discardPolicyDraft.input)
    .mutation(({ ctx, input }) => discardPolicyDraft(ctx, input)),

  publish: memberProcedure
    .input(publishPolicy.input)
    .mutation(({ ctx, input }) => publishPolicy(ctx, input)),
} satisfies TRPCRouterRecord;

const OneScreening = z.object({ screeningId: ScreeningId });

export const callRouter = {
  list: memberProcedure.input(listCalls.input).query(({ ctx, input }) => listCalls(ctx, input)),
} satisfies TRPCRouterRecord;

export const screeningRouter = {
  list: memberProcedure
    .input(listScreenings.input)
    .query(({ ctx, input }) => listScreenings(ctx, input)),

  read: memberProcedure
    .input(OneScreening)
    .query(({ ctx, input }) => readScreening(ctx, input.screeningId)),

  readRow: memberProcedure
    .input(readScrubRow.input)
    .query(({ ctx, input }) => readScrubRow(ctx, input)),

  again: memberProcedure
    .input(OneScreening)
    .mutation(({ ctx, input }) => screenAgain(ctx, input.screeningId)),

  rowAgain: memberProcedure
    .input(screenRowAgain.input)
    .mutation(({ ctx, input }) => screenRowAgain(ctx, input)),
} satisfies TRPCRouterRecord;

const OneScrub = z.object({ scrubId: ScrubId });

export const scrubRouter = {
  list: memberProcedure.input(listScrubs.input).query(({ ctx, input }) => listScrubs(ctx, input)),

  read: memberProcedure.input(OneScrub).query(({ ctx, input }) => readScrub(ctx, input.scrubId)),

  repeat: memberProcedure
    .input(OneScrub)
    .mutation(({ ctx, input }) => repeatScrub(ctx, input.scrubId)),
} satisfies TRPCRouterRecord;

export const violationRouter = {
  list: memberProcedure
    .input(listViolations.input)
    .query(({ ctx, input }) => listViolations(ctx, input)),

  read: memberProcedure
    .input(z.object({ violationId: ViolationId }))
    .query(({ ctx, input }) => readViolation(ctx, input.violationId)),

  assign: memberProcedure
    .input(assignViolation.input)
    .mutation(({ ctx, input }) => assignViolation(ctx, input)),

  note: memberProcedure
    .input(noteViolation.input)
    .mutation(({ ctx, input }) => noteViolation(ctx, input)),

  close: memberProcedure
    .input(closeViolation.input)
    .mutation(({ ctx, input }) => closeViolation(ctx, input)),
} satisfies TRPCRouterRecord;

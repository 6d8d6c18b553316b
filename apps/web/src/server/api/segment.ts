import { SegmentId } from "@ringfence/core/ids";
import { AskRule, SaveSegment } from "@ringfence/core/segment";
import {
  countRule,
  listSegments,
  readRuleWorld,
  readSegment,
  saveSegment,
} from "@ringfence/services/segment";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const segmentRouter = {
  list: memberProcedure.query(({ ctx }) => listSegments(ctx, { locale: ctx.locale })),

  read: memberProcedure
    .input(z.object({ segmentId: SegmentId }))
    .query(({ ctx, input }) => readSegment(ctx, input.segmentId)),

  world: memberProcedure.query(({ ctx }) => readRuleWorld(ctx)),

  // What is asked for may be long, and is not for an address.
  count: memberProcedure.input(AskRule).mutation(({ ctx, input }) => countRule(ctx, input)),

  save: memberProcedure.input(SaveSegment).mutation(({ ctx, input }) => saveSegment(ctx, input)),
} satisfies TRPCRouterRecord;

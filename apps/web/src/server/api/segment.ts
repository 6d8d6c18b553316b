import { SegmentId } from "@ringfence/core/ids";
import {
  AskPeople,
  AskPerson,
  AskRule,
  AskSpread,
  AskWaterfall,
  ListPeople,
  SaveSegment,
} from "@ringfence/core/audience/segment";
import {
  askForWaterfall,
  countNodes,
  countRule,
  drawPeople,
  explainPerson,
  listPeople,
  listSegments,
  listSegmentVersions,
  readRuleWorld,
  readSegment,
  readWaterfall,
  sampleRule,
  saveSegment,
  spreadRule,
} from "@ringfence/services/audience/segment";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const segmentRouter = {
  list: memberProcedure.query(({ ctx }) => listSegments(ctx, { locale: ctx.locale })),

  read: memberProcedure
    .input(z.object({ segmentId: SegmentId }))
    .query(({ ctx, input }) => readSegment(ctx, input.segmentId)),

  versions: memberProcedure
    .input(z.object({ segmentId: SegmentId }))
    .query(({ ctx, input }) => listSegmentVersions(ctx, { ...input, locale: ctx.locale })),

  world: memberProcedure.query(({ ctx }) => readRuleWorld(ctx)),

  // What is asked for may be long, and is not for an address.
  count: memberProcedure.input(AskRule).mutation(({ ctx, input }) => countRule(ctx, input)),

  sample: memberProcedure.input(AskRule).mutation(({ ctx, input }) => sampleRule(ctx, input)),

  nodes: memberProcedure.input(AskRule).mutation(({ ctx, input }) => countNodes(ctx, input)),

  spread: memberProcedure.input(AskSpread).mutation(({ ctx, input }) => spreadRule(ctx, input)),

  draw: memberProcedure.input(AskPeople).mutation(({ ctx, input }) => drawPeople(ctx, input)),

  save: memberProcedure.input(SaveSegment).mutation(({ ctx, input }) => saveSegment(ctx, input)),

  waterfall: memberProcedure
    .input(AskWaterfall)
    .query(({ ctx, input }) => readWaterfall(ctx, input)),

  askForWaterfall: memberProcedure
    .input(AskWaterfall)
    .mutation(({ ctx, input }) => askForWaterfall(ctx, input)),

  people: memberProcedure.input(ListPeople).query(({ ctx, input }) => listPeople(ctx, input)),

  person: memberProcedure
    .input(AskPerson)
    .query(({ ctx, input }) => explainPerson(ctx, { ...input, locale: ctx.locale })),
} satisfies TRPCRouterRecord;

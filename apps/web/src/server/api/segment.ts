import { SegmentId } from "@ringfence/core/ids";
import {
  DrawPeople,
  ExplainPerson,
  PreviewRule,
  PreviewSpread,
  ReadWaterfall,
  ListPeople,
  SaveSegment,
} from "@ringfence/core/audience/segment";
import {
  requestWaterfall,
  countNodes,
  countRule,
  drawPeople,
  explainPerson,
  listPeople,
  listSegments,
  listSegmentVersions,
  readRuleVocabulary,
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

  world: memberProcedure.query(({ ctx }) => readRuleVocabulary(ctx)),

  // Mutations, because the input may be too long for an address.
  count: memberProcedure.input(PreviewRule).mutation(({ ctx, input }) => countRule(ctx, input)),

  sample: memberProcedure.input(PreviewRule).mutation(({ ctx, input }) => sampleRule(ctx, input)),

  nodes: memberProcedure.input(PreviewRule).mutation(({ ctx, input }) => countNodes(ctx, input)),

  spread: memberProcedure.input(PreviewSpread).mutation(({ ctx, input }) => spreadRule(ctx, input)),

  draw: memberProcedure.input(DrawPeople).mutation(({ ctx, input }) => drawPeople(ctx, input)),

  save: memberProcedure.input(SaveSegment).mutation(({ ctx, input }) => saveSegment(ctx, input)),

  waterfall: memberProcedure
    .input(ReadWaterfall)
    .query(({ ctx, input }) => readWaterfall(ctx, input)),

  askForWaterfall: memberProcedure
    .input(ReadWaterfall)
    .mutation(({ ctx, input }) => requestWaterfall(ctx, input)),

  people: memberProcedure.input(ListPeople).query(({ ctx, input }) => listPeople(ctx, input)),

  person: memberProcedure
    .input(ExplainPerson)
    .query(({ ctx, input }) => explainPerson(ctx, { ...input, locale: ctx.locale })),
} satisfies TRPCRouterRecord;

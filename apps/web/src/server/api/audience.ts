import {
  confirmDuty,
  listCampaigns,
  moveCampaign,
  readCampaign,
  readDuties,
  readPreflight,
  readResults,
  saveCampaign,
  withdrawDuty,
} from "@ringfence/services/audience/campaign";
import {
  listLawPreviews,
  listPolicyPreviews,
  requestLawPreview,
  requestPolicyPreview,
} from "@ringfence/services/audience/law-preview";
import type { TRPCRouterRecord } from "@trpc/server";
import { MatchOffers } from "@ringfence/core/audience/offer";
import { listOffers, matchOffers, readOffer, saveOffer } from "@ringfence/services/audience/offer";
import { readRelevance, readThreshold, setThreshold } from "@ringfence/services/audience/relevance";
import { SegmentId } from "@ringfence/core/ids";
import { ExplainPerson } from "@ringfence/core/audience/segment";
import {
  countNodes,
  countRule,
  drawPeople,
  explainPerson,
  listPeople,
  listSegmentVersions,
  listSegments,
  readRuleVocabulary,
  readSegment,
  readWaterfall,
  requestWaterfall,
  sampleRule,
  saveSegment,
  breakDownRule,
} from "@ringfence/services/audience/segment";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const campaignRouter = {
  list: memberProcedure.query(({ ctx }) => listCampaigns(ctx)),

  read: memberProcedure
    .input(readCampaign.input)
    .query(({ ctx, input }) => readCampaign(ctx, input)),

  preflight: memberProcedure
    .input(readPreflight.input)
    .query(({ ctx, input }) => readPreflight(ctx, input)),

  results: memberProcedure
    .input(readResults.input)
    .query(({ ctx, input }) => readResults(ctx, input)),

  save: memberProcedure
    .input(saveCampaign.input)
    .mutation(({ ctx, input }) => saveCampaign(ctx, input)),

  duties: memberProcedure.input(readDuties.input).query(({ ctx, input }) => readDuties(ctx, input)),

  confirmDuty: memberProcedure
    .input(confirmDuty.input)
    .mutation(({ ctx, input }) => confirmDuty(ctx, input)),

  withdrawDuty: memberProcedure
    .input(withdrawDuty.input)
    .mutation(({ ctx, input }) => withdrawDuty(ctx, input)),

  move: memberProcedure
    .input(moveCampaign.input)
    .mutation(({ ctx, input }) => moveCampaign(ctx, input)),
} satisfies TRPCRouterRecord;

export const lawPreviewRouter = {
  listOfDraft: memberProcedure
    .input(listPolicyPreviews.input)
    .query(({ ctx, input }) => listPolicyPreviews(ctx, input)),

  requestOfDraft: memberProcedure
    .input(requestPolicyPreview.input)
    .mutation(({ ctx, input }) => requestPolicyPreview(ctx, input)),

  list: memberProcedure
    .input(listLawPreviews.input)
    .query(({ ctx, input }) => listLawPreviews(ctx, input)),

  request: memberProcedure
    .input(requestLawPreview.input)
    .mutation(({ ctx, input }) => requestLawPreview(ctx, input)),
} satisfies TRPCRouterRecord;

export const offerRouter = {
  list: memberProcedure.query(({ ctx }) => listOffers(ctx)),

  match: memberProcedure
    .input(MatchOffers)
    .query(({ ctx, input }) => matchOffers(ctx, { ...input, locale: ctx.locale })),

  save: memberProcedure.input(saveOffer.input).mutation(({ ctx, input }) => saveOffer(ctx, input)),

  read: memberProcedure.input(readOffer.input).query(({ ctx, input }) => readOffer(ctx, input)),
} satisfies TRPCRouterRecord;

export const relevanceRouter = {
  read: memberProcedure.query(({ ctx }) => readRelevance(ctx)),

  threshold: memberProcedure
    .input(readThreshold.input)
    .query(({ ctx, input }) => readThreshold(ctx, input)),

  setThreshold: memberProcedure
    .input(setThreshold.input)
    .mutation(({ ctx, input }) => setThreshold(ctx, input)),
} satisfies TRPCRouterRecord;

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
  count: memberProcedure.input(countRule.input).mutation(({ ctx, input }) => countRule(ctx, input)),

  sample: memberProcedure
    .input(sampleRule.input)
    .mutation(({ ctx, input }) => sampleRule(ctx, input)),

  nodes: memberProcedure
    .input(countNodes.input)
    .mutation(({ ctx, input }) => countNodes(ctx, input)),

  spread: memberProcedure
    .input(breakDownRule.input)
    .mutation(({ ctx, input }) => breakDownRule(ctx, input)),

  draw: memberProcedure
    .input(drawPeople.input)
    .mutation(({ ctx, input }) => drawPeople(ctx, input)),

  save: memberProcedure
    .input(saveSegment.input)
    .mutation(({ ctx, input }) => saveSegment(ctx, input)),

  waterfall: memberProcedure
    .input(readWaterfall.input)
    .query(({ ctx, input }) => readWaterfall(ctx, input)),

  askForWaterfall: memberProcedure
    .input(requestWaterfall.input)
    .mutation(({ ctx, input }) => requestWaterfall(ctx, input)),

  people: memberProcedure.input(listPeople.input).query(({ ctx, input }) => listPeople(ctx, input)),

  person: memberProcedure
    .input(ExplainPerson)
    .query(({ ctx, input }) => explainPerson(ctx, { ...input, locale: ctx.locale })),
} satisfies TRPCRouterRecord;

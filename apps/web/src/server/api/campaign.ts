import { CampaignReference, MoveCampaign, SaveCampaign } from "@ringfence/core/audience/campaign";
import {
  listCampaigns,
  moveCampaign,
  readCampaign,
  readPreflight,
  readResults,
  saveCampaign,
} from "@ringfence/services/audience/campaign";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const campaignRouter = {
  list: memberProcedure.query(({ ctx }) => listCampaigns(ctx)),

  read: memberProcedure
    .input(CampaignReference)
    .query(({ ctx, input }) => readCampaign(ctx, input)),

  preflight: memberProcedure
    .input(CampaignReference)
    .query(({ ctx, input }) => readPreflight(ctx, input)),

  results: memberProcedure
    .input(CampaignReference)
    .query(({ ctx, input }) => readResults(ctx, input)),

  save: memberProcedure.input(SaveCampaign).mutation(({ ctx, input }) => saveCampaign(ctx, input)),

  move: memberProcedure.input(MoveCampaign).mutation(({ ctx, input }) => moveCampaign(ctx, input)),
} satisfies TRPCRouterRecord;

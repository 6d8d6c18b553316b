import {
  ListConsents,
  RecordLetter,
  RecordOfflineConsents,
} from "@ringfence/core/consents/consent";
import { ConsentId } from "@ringfence/core/ids";
import {
  countSources,
  listConsents,
  readConsent,
  recordLetter,
  recordOfflineConsents,
} from "@ringfence/services/consents/consent";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const consentRouter = {
  list: memberProcedure.input(ListConsents).query(({ ctx, input }) => listConsents(ctx, input)),

  read: memberProcedure
    .input(z.object({ consentId: ConsentId }))
    .query(({ ctx, input }) => readConsent(ctx, input.consentId)),

  recordOffline: memberProcedure
    .input(RecordOfflineConsents)
    .mutation(({ ctx, input }) => recordOfflineConsents(ctx, input)),

  recordLetter: memberProcedure
    .input(RecordLetter)
    .mutation(({ ctx, input }) => recordLetter(ctx, input)),

  sources: memberProcedure.query(({ ctx }) => countSources(ctx)),
} satisfies TRPCRouterRecord;

import { ListConsents } from "@ringfence/core/consent";
import { ConsentId } from "@ringfence/core/ids";
import { countSources, listConsents, readConsent } from "@ringfence/services/consent";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const consentRouter = {
  list: memberProcedure.input(ListConsents).query(({ ctx, input }) => listConsents(ctx, input)),

  read: memberProcedure
    .input(z.object({ consentId: ConsentId }))
    .query(({ ctx, input }) => readConsent(ctx, input.consentId)),

  sources: memberProcedure.query(({ ctx }) => countSources(ctx)),
} satisfies TRPCRouterRecord;

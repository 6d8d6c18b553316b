import { DraftDisclosure } from "@ringfence/core/consents/disclosure";
import { DisclosureId } from "@ringfence/core/ids";
import {
  draftDisclosure,
  listDisclosures,
  publishDisclosure,
  readDisclosure,
} from "@ringfence/services/consents/disclosure";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneDisclosure = z.object({ disclosureId: DisclosureId });

export const disclosureRouter = {
  list: memberProcedure.query(({ ctx }) => listDisclosures(ctx)),

  read: memberProcedure
    .input(OneDisclosure)
    .query(({ ctx, input }) => readDisclosure(ctx, input.disclosureId)),

  draft: memberProcedure
    .input(DraftDisclosure)
    .mutation(({ ctx, input }) => draftDisclosure(ctx, input)),

  publish: memberProcedure
    .input(OneDisclosure)
    .mutation(({ ctx, input }) => publishDisclosure(ctx, input.disclosureId)),
} satisfies TRPCRouterRecord;

import { Archivable, ArchivableKind } from "@ringfence/core/platform/archive";
import { listArchived } from "@ringfence/services/desk/archive";
import { archiveCampaign, restoreCampaign } from "@ringfence/services/audience/campaign";
import type { ServiceContext } from "@ringfence/services/context";
import { archiveDisclosure, restoreDisclosure } from "@ringfence/services/consents/disclosure";
import { archiveOffer, restoreOffer } from "@ringfence/services/audience/offer";
import { archiveSegment, restoreSegment } from "@ringfence/services/audience/segment";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const archiveRouter = {
  list: memberProcedure
    .input(z.strictObject({ kind: ArchivableKind }))
    .query(({ ctx, input }) => listArchived(ctx, input)),

  archive: memberProcedure.input(Archivable).mutation(({ ctx, input }) => archive(ctx, input)),

  restore: memberProcedure.input(Archivable).mutation(({ ctx, input }) => restore(ctx, input)),
} satisfies TRPCRouterRecord;

function archive(ctx: ServiceContext, item: Archivable) {
  switch (item.kind) {
    case "segment":
      return archiveSegment(ctx, item.id);
    case "offer":
      return archiveOffer(ctx, { offerId: item.id });
    case "campaign":
      return archiveCampaign(ctx, { campaignId: item.id });
    case "disclosure":
      return archiveDisclosure(ctx, item.id);
  }
}

function restore(ctx: ServiceContext, item: Archivable) {
  switch (item.kind) {
    case "segment":
      return restoreSegment(ctx, item.id);
    case "offer":
      return restoreOffer(ctx, { offerId: item.id });
    case "campaign":
      return restoreCampaign(ctx, { campaignId: item.id });
    case "disclosure":
      return restoreDisclosure(ctx, item.id);
  }
}

import { z } from "zod";
import { CampaignId, DisclosureId, OfferId, SegmentId } from "../ids.ts";

/** Something that can be archived and restored. */
export const Archivable = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("segment"), id: SegmentId }),
  z.strictObject({ kind: z.literal("offer"), id: OfferId }),
  z.strictObject({ kind: z.literal("campaign"), id: CampaignId }),
  z.strictObject({ kind: z.literal("disclosure"), id: DisclosureId }),
]);
export type Archivable = z.infer<typeof Archivable>;

export const ArchivableKind = z.enum(["segment", "offer", "campaign", "disclosure"]);
export type ArchivableKind = z.infer<typeof ArchivableKind>;

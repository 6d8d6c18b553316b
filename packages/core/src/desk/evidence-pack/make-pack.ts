import { z } from "zod";
import { ComplaintId } from "../../platform/ids.ts";
import { ExportReason } from "../../platform/audit/index.ts";
import { Locale } from "../../platform/message/index.ts";
import { Regulator } from "./regulators.ts";

export const RegulatorId = Regulator.shape.id;
export type RegulatorId = z.infer<typeof RegulatorId>;

/**
 * Asks for the evidence pack of a complaint, in a language, for a regulator (null for anybody else, such as a court), with
 * the reason, which goes on record.
 */
export const MakePack = z.strictObject({
  complaint: ComplaintId,
  regulator: RegulatorId.nullable(),
  locale: Locale,
  ...ExportReason.shape,
});
export type MakePack = z.infer<typeof MakePack>;

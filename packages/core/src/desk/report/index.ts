import { z } from "zod";
import { Locale } from "../../platform/message/index.ts";
import { Zone } from "../../platform/time/index.ts";

/** Request for the weekly report as a file. `fontFolder` is the folder of fonts for PDFs. */
export const ReportRequest = z.strictObject({
  locale: Locale,
  zone: Zone,
  fontFolder: z.string(),
});
export type ReportRequest = z.infer<typeof ReportRequest>;

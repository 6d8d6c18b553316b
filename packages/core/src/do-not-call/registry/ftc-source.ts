import { z } from "zod";
import { webAddress } from "./web-address.ts";

/** As the portal's own description (WSDL) has it. */
const ftcAddress = "https://telemarketing.donotcall.gov/DownloadSvc/DownloadSvc.asmx";

/**
 * The download service (SOAP) of the US National Do Not Call Registry, which gives every file out once
 * a day. What it is asked, and what it answers, was seen in code that is public, and in the
 * description that the service gives of itself.
 */
export const FtcSource = z.object({
  kind: z.literal("us-ftc"),
  url: webAddress.default(ftcAddress),
  /** `12345678-12345` */
  organization: z.string().regex(/^\d{8}-\d{5}$/),
  /** Whose password it is: each organization has one of its representative and one for downloads. */
  userType: z.enum(["Downloader", "Representative"]).default("Downloader"),
  /** What is fetched after a first full list. */
  lists: z.enum(["changes", "full"]).default("changes"),
  /** With every sign-in somebody certifies that the organization obeys the law: an officer has to agree. */
  isCertified: z.literal(true),
});
export type FtcSource = z.infer<typeof FtcSource>;

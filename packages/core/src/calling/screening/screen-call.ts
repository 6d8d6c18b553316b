import { z } from "zod";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";

/** One call to be screened, as a request says it (contract 3). */
export const ScreenCall = z.strictObject({
  /** As people write it; what is no number is answered, not rejected. */
  phone: WrittenPhone,
  /** How a number written without `+` is read. */
  region: Region.optional(),
  purpose: PurposeKey,
  /** Key or id; left out, the organization's only seller. */
  seller: z.string().max(64).optional(),
  dialer: Dialer.optional(),
  /** Makes it a what-if. */
  at: WrittenInstant.optional(),
  campaign: storableText(128).optional(),
});
export type ScreenCall = z.infer<typeof ScreenCall>;

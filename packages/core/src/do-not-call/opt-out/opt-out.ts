import { z } from "zod";
import type { SellerId } from "../../platform/ids.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";

/** Where a refusal came from. */
export const OptOutChannel = z.enum([
  "agent",
  "web",
  "sms",
  "ivr",
  "email",
  "disposition",
  "api",
  "import",
  "regulator",
]);
export type OptOutChannel = z.infer<typeof OptOutChannel>;

/** What a person refuses. `profiling` alone leaves calls possible. */
export type OptOutScope =
  | { scope: "all" }
  | { scope: "seller"; sellerId: SellerId }
  | { scope: "purpose"; purpose: PurposeKey }
  | { scope: "profiling" };

/** A refusal on record, of any phone of the person. */
export type OptOut = OptOutScope & {
  /** Since when it holds; one on record counts whatever stands here (contract 2). */
  at: Date;
  recordedAt: Date;
};

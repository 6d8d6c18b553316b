import { z } from "zod";
import { ConsentId } from "../ids.ts";
import { OptOutChannel } from "../opt-out/index.ts";
import { PurposeKey } from "../purpose/index.ts";
import { ConsentSource } from "./consent.ts";

/** A person takes back what they agreed to. */
export const WithdrawConsent = z.strictObject({
  consent: ConsentId,
  /** Which of its purposes, or nodes below them; left out, all. */
  purposes: z.array(PurposeKey).min(1).max(20).optional(),
  /** When the person said so, where that was not now. */
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  /** How it reached us. */
  channel: OptOutChannel.default("api"),
});
export type WithdrawConsent = z.infer<typeof WithdrawConsent>;

/** Where an event of a consent came from: as a consent is given, as one is taken back, or an erasure. */
export const EventSource = z.enum([
  ...ConsentSource.options,
  ...OptOutChannel.exclude(["import"]).options,
  "erasure",
]);

import { z } from "zod";
import { ScreenCall } from "./screen-call.ts";

/** The most calls that are screened by one request. */
export const maxBatchItems = 10_000;

/** One call of a batch; what it leaves out, the defaults say. */
export const BatchItem = ScreenCall.omit({ at: true }).partial({ purpose: true });
export type BatchItem = z.infer<typeof BatchItem>;

/** Calls to be screened at one instant. Items are read one by one: a bad one spoils no other. */
export const ScreenBatch = z.strictObject({
  defaults: ScreenCall.omit({ phone: true, campaign: true }).partial().default({}),
  items: z.array(z.union([BatchItem, z.unknown()])),
});
export type ScreenBatch = z.infer<typeof ScreenBatch>;

import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { WrittenPhone } from "../../people/phone/index.ts";
import { Instant } from "../../platform/time/index.ts";
import { SuppressionReason } from "./suppression.ts";

/** A number that is not to be called from now on, or from `at`. */
export const RecordSuppression = z.object({
  /** As people write it. */
  phone: WrittenPhone,
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  reason: SuppressionReason,
  at: Instant.optional(),
  /** When it ends; left out, never. */
  until: Instant.optional(),
});
export type RecordSuppression = z.infer<typeof RecordSuppression>;

/** Why it would hold at no time, if it would not. */
export function suppressionFault(
  { at, until }: Pick<RecordSuppression, "at" | "until">,
  now: Date,
): Message | null {
  if (until === undefined || until > (at ?? now)) return null;
  return { key: "suppression.ends-before-it-begins", values: { at: at ?? now, until } };
}

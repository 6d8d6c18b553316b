import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";

/** Why a call may not be placed, in the order in which reasons are told. */
export const Reason = z.enum([
  "number-invalid",
  "opted-out",
  "suppressed",
  "consent-missing",
  "consent-expired",
  "consent-withdrawn",
  "consent-insufficient",
  "number-reassigned",
  "registry-listed",
  "registry-unchecked",
  "dialer-not-allowed",
  "sector-banned",
  "frequency-cap",
  "outside-calling-hours",
  "day-not-allowed",
  "zone-unknown",
  "jurisdiction-unknown",
  /** Only warns: a rule with effect `warn` that screening cannot check, such as a registration. */
  "duty",
  "cannot-check",
]);
export type Reason = z.infer<typeof Reason>;

/** One reason: a refusal, or among the warnings a thing to know. */
export type Refusal = {
  reason: Reason;
  /** The rule that asks for it, and the law behind that. */
  rule?: string;
  citation?: string;
  registry?: string;
  /** What a consent lacks. */
  missing?: readonly string[];
  since?: Date;
  until?: Date;
  /** The sentence, before a language puts it in words. */
  message: Message;
};

import type { RecordSuppression, SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { instantIn } from "@ringfence/core/platform/time";

/** What is typed; `at` and `until` are readings of the member's clock, or empty. */
export type SuppressionGiven = {
  phone: string;
  reason: SuppressionReason;
  at: string;
  until: string;
};

export type Recorded = Pick<RecordSuppression, "phone" | "reason"> & {
  at?: string;
  until?: string;
};

/** As it is put on record, in a zone by its IANA name. */
export function recordedOf({ phone, reason, at, until }: SuppressionGiven, zone: string): Recorded {
  const [since, end] = [at, until].map((reading) => instantIn(zone, reading)?.toISOString());
  return { phone, reason, ...(since && { at: since }), ...(end && { until: end }) };
}

import type { RecordSuppression, SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { instantIn } from "@ringfence/core/platform/time";

/** What is typed; `at` and `until` are readings of the member's clock, or empty. */
export type FormValues = {
  phone: string;
  reason: SuppressionReason;
  at: string;
  until: string;
};

export type SuppressionRequest = Pick<RecordSuppression, "phone" | "reason"> & {
  at?: string;
  until?: string;
};

/** As it is put on record, in a zone by its IANA name. */
export function toRequest(
  { phone, reason, at, until }: FormValues,
  zone: string,
): SuppressionRequest {
  const [since, end] = [at, until].map((reading) => instantIn(zone, reading)?.toISOString());
  return { phone, reason, ...(since && { at: since }), ...(end && { until: end }) };
}

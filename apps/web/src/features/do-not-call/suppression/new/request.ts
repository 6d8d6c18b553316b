import type { RecordSuppression, SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { instantIn } from "@ringfence/core/platform/time";

/** The typed fields. `at` and `until` are local times in the member's zone, or empty. */
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

/** Converts the fields into a request. `zone` is an IANA name. */
export function toRequest(
  { phone, reason, at, until }: FormValues,
  zone: string,
): SuppressionRequest {
  const [since, end] = [at, until].map((reading) => instantIn(zone, reading)?.toISOString());
  return { phone, reason, ...(since && { at: since }), ...(end && { until: end }) };
}

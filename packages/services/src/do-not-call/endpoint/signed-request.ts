import { Webhook } from "standardwebhooks";
import type { ClaimedDelivery } from "./claimed-delivery.ts";

/** What a worker posts. */
export type SignedRequest = { url: string; headers: Record<string, string>; body: string };

/** Where to, and what signs it: while a secret is changed, the one before as well. */
export type Signing = { url: string; secrets: readonly string[] };

/**
 * A change as Standard Webhooks sends it. The id stays the same however often it is sent; the time in
 * the signature is that of the attempt, by the database's clock.
 */
export function signedRequest(
  now: Date,
  { url, secrets }: Signing,
  { id, event, createdAt }: ClaimedDelivery,
  data: object,
): SignedRequest {
  const body = JSON.stringify({ type: event, timestamp: createdAt.toISOString(), data });
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    url,
    headers: {
      "content-type": "application/json",
      "user-agent": "Ringfence",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
      "webhook-signature": signatures.join(" "),
    },
    body,
  };
}

import { Webhook } from "standardwebhooks";
import type { TransactionContext } from "../context.ts";
import { openSecret } from "../keys/outside-secret.ts";
import type { ClaimedDelivery } from "./claimed-delivery.ts";

/** What a worker posts. */
export type SignedRequest = { url: string; headers: Record<string, string>; body: string };

export type Signing = {
  url: string;
  secret: Uint8Array;
  oldSecret: Uint8Array | null;
  oldSecretUntil: Date | null;
};

/**
 * A change as Standard Webhooks sends it. The id stays the same however often it is sent; the time in
 * the signature is that of the attempt, by the database's clock.
 */
export function signedRequest(
  { keys, organizationId, now }: TransactionContext,
  { url, secret, oldSecret, oldSecretUntil }: Signing,
  { id, event, createdAt }: ClaimedDelivery,
  data: object,
): SignedRequest {
  const body = JSON.stringify({ type: event, timestamp: createdAt.toISOString(), data });
  const isOldGood = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now;
  const signatures = [secret, ...(isOldGood ? [oldSecret] : [])].map((sealed) =>
    new Webhook(openSecret(keys, organizationId, sealed)).sign(id, now, body),
  );
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

import {
  Bitrix24Settings,
  EndpointEvent,
  SftpSettings,
  VicidialSettings,
} from "@ringfence/core/do-not-call/endpoint";
import { type TransactionContext, openSecret } from "../../platform/internal.ts";
import { Webhook } from "standardwebhooks";
import { DeliveryId } from "@ringfence/core/ids";
import { z } from "zod";

/** A dialer with its settings, credentials included. */
type OpenDialer =
  | { kind: "vicidial"; settings: VicidialSettings }
  | { kind: "bitrix24"; settings: Bitrix24Settings }
  | { kind: "sftp"; settings: SftpSettings };

type OpenEndpoint = { kind: "webhook"; signing: WebhookSigning } | OpenDialer;

/** A message to an endpoint, with everything that a worker needs to connect and send it. */
export type DeliveryMessage =
  | { kind: "webhook"; request: SignedRequest }
  | (OpenDialer & { change: DialerChange });

/** A change for a dialer. `data` is empty for a file that lists everything, and for a subject that is gone. */
export type DialerChange = { event: EndpointEvent; data: object };

type StoredEndpoint = {
  kind: string;
  url: string;
  secret: Uint8Array;
  oldSecret: Uint8Array | null;
  oldSecretUntil: Date | null;
};

/** Opens an endpoint's settings. Throws if the secret cannot be opened or the settings are not valid. */
export function openEndpoint(
  { keys, organizationId, now }: TransactionContext,
  { kind, url, secret, oldSecret, oldSecretUntil }: StoredEndpoint,
): OpenEndpoint {
  const open = (sealed: Uint8Array) => openSecret(keys, organizationId, sealed);
  switch (kind) {
    case "vicidial":
      return { kind, settings: VicidialSettings.parse(JSON.parse(open(secret))) };
    case "bitrix24":
      return { kind, settings: Bitrix24Settings.parse(JSON.parse(open(secret))) };
    case "sftp":
      return { kind, settings: SftpSettings.parse(JSON.parse(open(secret))) };
    default: {
      const isOldGood = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now;
      const secrets = [secret, ...(isOldGood ? [oldSecret] : [])].map(open);
      return { kind: "webhook", signing: { url, secrets } };
    }
  }
}

/** Builds the message for one delivery: a signed request to a webhook, or a change with the settings of a dialer. */
export function toMessage(
  { now }: TransactionContext,
  endpoint: OpenEndpoint,
  delivery: ClaimedDelivery,
  data: object,
): DeliveryMessage {
  if (endpoint.kind !== "webhook") {
    return { ...endpoint, change: { event: delivery.event, data } };
  }
  return { kind: "webhook", request: createSignedRequest(now, endpoint.signing, delivery, data) };
}

/** A signed HTTP request that a worker posts. */
type SignedRequest = { url: string; headers: Record<string, string>; body: string };

/** Address and signing secrets of a webhook. During a rotation the previous secret signs too. */
type WebhookSigning = { url: string; secrets: readonly string[] };

/**
 * Creates the request for a change in the form of Standard Webhooks. All attempts have the same id; the time in
 * the signature is that of the attempt, by the database's clock.
 */
function createSignedRequest(
  now: Date,
  { url, secrets }: WebhookSigning,
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

/**
 * A delivery that a worker has claimed. `subjectId` is the id of what changed, `attempts` the number of its attempt.
 */
export const ClaimedDelivery = z.object({
  id: DeliveryId,
  event: EndpointEvent,
  subjectId: z.string(),
  attempts: z.int(),
  createdAt: z.date(),
});
export type ClaimedDelivery = z.infer<typeof ClaimedDelivery>;

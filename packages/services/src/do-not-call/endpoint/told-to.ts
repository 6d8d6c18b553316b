import {
  Bitrix24Settings,
  type EndpointEvent,
  SftpSettings,
  VicidialSettings,
} from "@ringfence/core/do-not-call/endpoint";
import type { TransactionContext } from "../../platform/context.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import type { ClaimedDelivery } from "./claimed-delivery.ts";
import { signedRequest, type Signing, type SignedRequest } from "./signed-request.ts";

/** How a dialer is spoken to. */
type OpenDialer =
  | { kind: "vicidial"; settings: VicidialSettings }
  | { kind: "bitrix24"; settings: Bitrix24Settings }
  | { kind: "sftp"; settings: SftpSettings };

type OpenEndpoint = { kind: "webhook"; signing: Signing } | OpenDialer;

/** What a worker tells an endpoint, and how it is spoken to. */
export type Told =
  | { kind: "webhook"; request: SignedRequest }
  | (OpenDialer & { change: ToldChange });

export type ToldChange = { event: EndpointEvent; data: object };

type StoredEndpoint = {
  kind: string;
  url: string;
  secret: Uint8Array;
  oldSecret: Uint8Array | null;
  oldSecretUntil: Date | null;
};

/** Throws where the secret does not open, or the settings are none. */
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

export function toldTo(
  { now }: TransactionContext,
  endpoint: OpenEndpoint,
  delivery: ClaimedDelivery,
  data: object,
): Told {
  if (endpoint.kind !== "webhook") {
    return { ...endpoint, change: { event: delivery.event, data } };
  }
  return { kind: "webhook", request: signedRequest(now, endpoint.signing, delivery, data) };
}

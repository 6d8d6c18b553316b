import {
  Bitrix24Settings,
  type EndpointEvent,
  SftpSettings,
  VicidialSettings,
} from "@ringfence/core/endpoint";
import type { TransactionContext } from "../context.ts";
import { openSecret } from "../keys/outside-secret.ts";
import type { ClaimedDelivery } from "./claimed-delivery.ts";
import { signedRequest, type Signing, type SignedRequest } from "./signed-request.ts";

/** What a worker tells an endpoint, and how it is spoken to. */
export type Told =
  | { kind: "webhook"; request: SignedRequest }
  | { kind: "vicidial"; settings: VicidialSettings; change: ToldChange }
  | { kind: "bitrix24"; settings: Bitrix24Settings; change: ToldChange }
  | { kind: "sftp"; settings: SftpSettings; change: ToldChange };

export type ToldChange = { event: EndpointEvent; data: object };

export function toldTo(
  ctx: TransactionContext,
  { kind, ...endpoint }: Signing & { kind: string },
  delivery: ClaimedDelivery,
  data: object,
): Told {
  const { keys, organizationId } = ctx;
  const settings = () => JSON.parse(openSecret(keys, organizationId, endpoint.secret));
  const change = { event: delivery.event, data };
  switch (kind) {
    case "vicidial":
      return { kind, settings: VicidialSettings.parse(settings()), change };
    case "bitrix24":
      return { kind, settings: Bitrix24Settings.parse(settings()), change };
    case "sftp":
      return { kind, settings: SftpSettings.parse(settings()), change };
    default:
      return { kind: "webhook", request: signedRequest(ctx, endpoint, delivery, data) };
  }
}

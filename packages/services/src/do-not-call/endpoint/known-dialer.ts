import { ConnectDialer, fileEveryMinutes } from "@ringfence/core/do-not-call/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import { requireEndpoint } from "./require-endpoint.ts";

/** A dialer as it was connected, with what opens it; a webhook is none. */
export const knownDialer = async (
  ctx: TransactionContext,
  endpointId: EndpointId,
): Promise<ConnectDialer> => {
  const { kind, name, secret, everyMinutes } = await requireEndpoint(ctx, endpointId);
  if (kind === "webhook") throw new ServiceError("conflict", { key: "endpoint.no-dialer" });
  const settings: unknown = JSON.parse(openSecret(ctx.keys, ctx.organizationId, secret));
  const [every] = Object.entries(fileEveryMinutes).find(([, at]) => at === everyMinutes) ?? [];
  return ConnectDialer.parse({ kind, name, settings, ...(kind === "sftp" && { every }) });
};

import type { ConnectDialer } from "@ringfence/core/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { addEndpoint } from "./add-endpoint.ts";

/**
 * Lets a dialer hear of refusals in its own protocol from now on. How it is signed in to is kept sealed;
 * of its address the host alone is shown, for some hold the secret.
 */
export async function connectDialer(
  ctx: ServiceContext,
  { kind, name, settings }: ConnectDialer,
): Promise<{ id: EndpointId }> {
  allow(ctx, "endpoint.change");

  return inTransaction(ctx, async (ctx) => {
    const id = await addEndpoint(ctx, {
      kind,
      name,
      url: new URL(settings.url).origin,
      events: ["opt-out.recorded"],
      secret: JSON.stringify(settings),
    });
    await appendAudit(ctx, "endpoint.change", { endpointId: id, change: "connected", kind });
    return { id };
  });
}

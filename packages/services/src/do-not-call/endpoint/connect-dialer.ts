import { fileEveryMinutes, type NewDialer } from "@ringfence/core/do-not-call/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { addEndpoint } from "./add-endpoint.ts";
import { assertEncrypted, type NamedHosts } from "./assert-encrypted.ts";
import { eventsOf, placeOf, urlOf, writeFirst } from "./dialer-row.ts";

/**
 * Lets a dialer hear of refusals in its own protocol from now on. How it is signed in to is kept sealed;
 * of its address the host alone is shown, for some hold the secret.
 */
export async function connectDialer(
  ctx: ServiceContext,
  { dialer, reason }: NewDialer,
  named: NamedHosts = {},
): Promise<{ id: EndpointId }> {
  allow(ctx, "endpoint.change");

  return inTransaction(ctx, async (ctx) => {
    const { kind, name, settings } = dialer;
    await assertEncrypted(ctx, { url: urlOf(dialer), path: "/dialer/settings/url" }, named);
    const id = await addEndpoint(ctx, {
      kind,
      name,
      url: placeOf(dialer),
      events: eventsOf(dialer),
      reason: mendText(reason),
      secret: JSON.stringify(settings),
      ...(kind === "sftp" && { everyMinutes: fileEveryMinutes[dialer.every] }),
    });
    await writeFirst(ctx, dialer, id);
    await appendAudit(ctx, "endpoint.change", { endpointId: id, change: "connected", kind });
    return { id };
  });
}

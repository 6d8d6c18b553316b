import type { ConnectDialer } from "@ringfence/core/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { sealSecret } from "../keys/outside-secret.ts";

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
    const { db, keys, organizationId, now } = ctx;
    const { count } = await db.endpoint.createMany({
      data: {
        organizationId,
        kind,
        name,
        url: new URL(settings.url).origin,
        events: ["opt-out.recorded"],
        secret: sealSecret(keys, organizationId, JSON.stringify(settings)),
        createdAt: now,
      },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "endpoint.name-taken" }, "/name");
    const where = { organizationId_name: { organizationId, name } };
    const made = await db.endpoint.findUniqueOrThrow({ where, select: { id: true } });
    await appendAudit(ctx, "endpoint.change", { endpointId: made.id, change: "connected", kind });
    return { id: EndpointId.parse(made.id) };
  });
}

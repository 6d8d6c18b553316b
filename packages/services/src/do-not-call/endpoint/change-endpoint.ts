import type { ChangeEndpoint } from "@ringfence/core/do-not-call/endpoint";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { assertEncrypted, type NamedHosts } from "./assert-encrypted.ts";
import { requireEndpoint } from "./require-endpoint.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

/**
 * Changes where an endpoint is and what it hears of. What waited while it was disabled is sent when it
 * is enabled again; what happened meanwhile was never announced to it.
 */
export async function changeEndpoint(
  ctx: ServiceContext,
  { endpointId, name, url, events, isEnabled }: ChangeEndpoint,
  named: NamedHosts = {},
) {
  allow(ctx, "endpoint.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const { disabledAt, url: before } = await requireEndpoint(ctx, endpointId);
    await assertEncrypted(ctx, { url: url ?? null, before, path: "/url" }, named);
    const namesake = await db.endpoint.count({
      where: { organizationId, id: { not: endpointId }, name: name ?? "" },
    });
    if (namesake > 0) throw new ServiceError("conflict", { key: "endpoint.name-taken" }, "/name");
    await db.endpoint.updateMany({
      where: { organizationId, id: endpointId },
      data: {
        ...(name !== undefined && { name }),
        ...(url !== undefined && { url }),
        ...(events !== undefined && { events }),
        ...(isEnabled !== undefined && { disabledAt: isEnabled ? null : (disabledAt ?? now) }),
      },
    });
    if (isEnabled === true && disabledAt !== null) await queueDeliveries(ctx, endpointId);
    await appendAudit(ctx, "endpoint.change", { endpointId, change: "changed" });
  });
}

import type { MakeEndpoint } from "@ringfence/core/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { sealSecret } from "../keys/outside-secret.ts";
import { makeSecret } from "./make-secret.ts";

/** Makes a webhook that hears of changes from now on. This answer alone holds its secret in clear. */
export async function makeEndpoint(ctx: ServiceContext, { name, url, events }: MakeEndpoint) {
  allow(ctx, "endpoint.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, keys, organizationId, now } = ctx;
    const secret = await makeSecret(ctx);
    const sealed = sealSecret(keys, organizationId, secret);
    const { count } = await db.endpoint.createMany({
      data: { organizationId, kind: "webhook", name, url, events, secret: sealed, createdAt: now },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "endpoint.name-taken" }, "/name");
    const where = { organizationId_name: { organizationId, name } };
    const made = await db.endpoint.findUniqueOrThrow({ where, select: { id: true } });
    const id = EndpointId.parse(made.id);
    await appendAudit(ctx, "endpoint.change", { endpointId: id, change: "made" });
    return { id, secret };
  });
}

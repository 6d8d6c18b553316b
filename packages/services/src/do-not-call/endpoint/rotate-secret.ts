import { command } from "../../platform/verb.ts";
import { EndpointId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sealSecret } from "../../platform/keys/outside-secret.ts";
import { lockEndpoint } from "./lock-endpoint.ts";
import { makeSecret } from "./make-secret.ts";
import { requireEndpoint } from "./require-endpoint.ts";

/**
 * Gives a webhook a new secret, in clear in this answer alone. For a day what is sent is signed with
 * the old one, too, so that the other side can change over in its own time.
 */
export const rotateSecret = command({
  name: "rotateSecret",
  action: "endpoint.change",
  input: EndpointId,
  run: async (ctx, endpointId) => {
    const { db, keys, organizationId, now } = ctx;
    await lockEndpoint(ctx, endpointId);
    const { kind, secret: oldSecret } = await requireEndpoint(ctx, endpointId);
    // Of a dialer, the secret is how it is signed in to, which is not ours to choose.
    if (kind !== "webhook") throw new ServiceError("conflict", { key: "endpoint.not-signed" });
    const secret = await makeSecret(ctx);
    await db.endpoint.updateMany({
      where: { organizationId, id: endpointId },
      data: {
        secret: sealSecret(keys, organizationId, secret),
        oldSecret,
        oldSecretUntil: new Date(now.getTime() + DAY_MS),
      },
    });
    await appendAudit(ctx, "endpoint.change", { endpointId, change: "secret rotated" });
    return { secret };
  },
  audit: "by run",
});

import type { MakeEndpoint } from "@ringfence/core/do-not-call/endpoint";
import { mendText } from "@ringfence/core/platform/text";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { addEndpoint } from "./add-endpoint.ts";
import { assertEncrypted, type NamedHosts } from "./assert-encrypted.ts";
import { makeSecret } from "./make-secret.ts";

/** Makes a webhook that hears of changes from now on. This answer alone holds its secret in clear. */
export async function makeEndpoint(
  ctx: ServiceContext,
  { name, url, events, reason }: MakeEndpoint,
  named: NamedHosts = {},
) {
  allow(ctx, "endpoint.change");

  return inTransaction(ctx, async (ctx) => {
    await assertEncrypted(ctx, { url, path: "/url" }, named);
    const secret = await makeSecret(ctx);
    const id = await addEndpoint(ctx, {
      kind: "webhook",
      name,
      url,
      events,
      reason: mendText(reason),
      secret,
    });
    await appendAudit(ctx, "endpoint.change", { endpointId: id, change: "made" });
    return { id, secret };
  });
}

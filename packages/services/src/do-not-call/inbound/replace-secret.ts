import { command } from "../../platform/verb.ts";
import { ReplaceSecret } from "@ringfence/core/do-not-call/inbound";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { sealSecret } from "../../platform/keys/outside-secret.ts";
import { requireSource } from "./require-source.ts";

/** Believes what an account signs with another secret, from now on; with the one before, no more. */
export const replaceSecret = command({
  name: "replaceSecret",
  action: "inbound.change",
  input: ReplaceSecret,
  run: async (ctx, { sourceId, secret }) => {
    const { db, keys, organizationId } = ctx;
    const { provider } = await requireSource(ctx, sourceId);
    await db.inboundSource.updateMany({
      where: { organizationId, id: sourceId },
      data: { secret: sealSecret(keys, organizationId, secret) },
    });
    await appendAudit(ctx, "inbound.change", { provider, change: "secret-replaced" });
  },
  audit: "by run",
});

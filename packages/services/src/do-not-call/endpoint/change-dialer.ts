import {
  type ChangeDialer,
  ConnectDialer,
  fileEveryMinutes,
  isSameDialer,
} from "@ringfence/core/do-not-call/endpoint";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sealSecret } from "../../platform/keys/outside-secret.ts";
import { assertEncrypted, type NamedHosts } from "./assert-encrypted.ts";
import { eventsOf, placeOf, urlOf, writeFirst } from "./dialer-row.ts";
import { knownDialer } from "./known-dialer.ts";
import { lockEndpoint } from "./lock-endpoint.ts";

/**
 * Changes how a dialer is spoken to; what waits for it is sent so. What opens it stays where none is given,
 * and is asked for anew before it would go to another server. A file is written anew at once.
 */
export async function changeDialer(
  ctx: ServiceContext,
  { endpointId, ...change }: ChangeDialer,
  named: NamedHosts = {},
): Promise<void> {
  allow(ctx, "endpoint.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, keys, organizationId } = ctx;
    await lockEndpoint(ctx, endpointId);
    const before = await knownDialer(ctx, endpointId);
    if (before.kind !== change.kind) {
      throw new ServiceError("conflict", { key: "endpoint.other-kind" });
    }
    const settings = { ...before.settings, ...change.settings };
    const after = ConnectDialer.parse({ ...change, settings });
    const addresses = { url: urlOf(after), before: urlOf(before), path: "/settings/url" };
    await assertEncrypted(ctx, addresses, named);
    if (!isSameDialer(before, after) && !bringsSecret(change)) {
      throw new ServiceError("invalid", { key: "endpoint.secret-again" }, "/settings");
    }
    const { name } = after;
    const namesake = { organizationId, id: { not: endpointId }, name };
    if ((await db.endpoint.count({ where: namesake })) > 0) {
      throw new ServiceError("conflict", { key: "endpoint.name-taken" }, "/name");
    }
    await db.endpoint.updateMany({
      where: { organizationId, id: endpointId },
      data: {
        name,
        url: placeOf(after),
        events: eventsOf(after),
        secret: sealSecret(keys, organizationId, JSON.stringify(after.settings)),
        ...(after.kind === "sftp" && { everyMinutes: fileEveryMinutes[after.every] }),
      },
    });
    await writeFirst(ctx, after, endpointId);
    await appendAudit(ctx, "endpoint.change", { endpointId, change: "settings" });
  });
}

function bringsSecret({ kind, settings }: Pick<ChangeDialer, "kind" | "settings">): boolean {
  switch (kind) {
    case "vicidial":
      return "pass" in settings;
    case "bitrix24":
      return "url" in settings;
    case "sftp":
      return "secret" in settings;
  }
}

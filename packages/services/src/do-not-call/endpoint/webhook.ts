import { z } from "zod";
import { sql } from "kysely";
import { ChangeEndpoint, CreateWebhook } from "@ringfence/core/do-not-call/endpoint";
import { mendText } from "@ringfence/core/platform/text";
import {
  ServiceError,
  type TransactionContext,
  command,
  sealSecret,
  selectRows,
} from "../../platform/internal.ts";
import { assertEncrypted, insertEndpoint, loadEndpoint, lockEndpoint } from "./endpoint.ts";
import { queueDeliveries } from "../outbox/internal.ts";
import { EndpointId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";

/** Creates a webhook, which from now on receives changes. Only this answer contains its secret. */
export const createWebhook = command({
  name: "createWebhook",
  action: "endpoint.change",
  input: CreateWebhook,
  run: async (ctx, { name, url, events, reason }) => {
    await assertEncrypted(ctx, { url, path: "/url" });
    const secret = await createSecret(ctx);
    const id = await insertEndpoint(ctx, {
      kind: "webhook",
      name,
      url,
      events,
      reason: mendText(reason),
      secret,
    });
    return { id, secret };
  },
  audit: ({ id }) => ({ endpointId: id, change: "made" }),
});

/**
 * Changes the name of an endpoint, or disables or enables it, and changes the address or events of a webhook. Those of
 * a dialer belong to its connection (`changeDialer`). Deliveries waiting when it was disabled are sent when it is
 * enabled again. Events that happen while it is disabled are never sent to it.
 */
export const changeEndpoint = command({
  name: "changeEndpoint",
  action: "endpoint.change",
  input: ChangeEndpoint,
  run: async (ctx, { endpointId, name, url, events, isEnabled }): Promise<void> => {
    const { db, organizationId, now } = ctx;
    const { kind, disabledAt, url: before } = await loadEndpoint(ctx, endpointId);
    if (kind !== "webhook" && (url !== undefined || events !== undefined)) {
      throw new ServiceError("conflict", { key: "endpoint.has-connection" });
    }
    await assertEncrypted(ctx, { url: url ?? null, before, path: "/url" });
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
  },
  audit: (_, { endpointId }) => ({ endpointId, change: "changed" }),
});

/**
 * Gives a webhook a new secret, which only this answer contains. For a day messages are signed with the previous
 * one too, so that the receiver can change over in its own time.
 */
export const rotateSecret = command({
  name: "rotateSecret",
  action: "endpoint.change",
  input: EndpointId,
  run: async (ctx, endpointId) => {
    const { db, keys, organizationId, now } = ctx;
    await lockEndpoint(ctx, endpointId);
    const { kind, secret: oldSecret } = await loadEndpoint(ctx, endpointId);
    // A dialer's secret is its credentials, which are not ours to choose.
    if (kind !== "webhook") throw new ServiceError("conflict", { key: "endpoint.not-signed" });
    const secret = await createSecret(ctx);
    await db.endpoint.updateMany({
      where: { organizationId, id: endpointId },
      data: {
        secret: sealSecret(keys, organizationId, secret),
        oldSecret,
        oldSecretUntil: new Date(now.getTime() + DAY_MS),
      },
    });
    return { secret };
  },
  audit: (_, endpointId) => ({ endpointId, change: "secret rotated" }),
});

/** Creates a Standard Webhooks secret: `whsec_`, then 256 bits, hashed from the 366 random bits of three UUIDs. */
async function createSecret({ db }: TransactionContext): Promise<string> {
  const [made] = await selectRows(
    { db },
    z.object({ secret: z.string() }),
    sql`
    SELECT 'whsec_' || encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      || uuid_send(gen_random_uuid())), 'base64') AS secret`,
  );
  if (!made) throw new Error("no secret was created");
  return made.secret;
}

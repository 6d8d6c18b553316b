import { afterReadings } from "@ringfence/core/blocked-list";
import { type ConnectDialer, type EndpointEvent, fileEveryMinutes } from "@ringfence/core/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { addEndpoint } from "./add-endpoint.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

/**
 * Lets a dialer hear of refusals in its own protocol from now on. How it is signed in to is kept sealed;
 * of its address the host alone is shown, for some hold the secret.
 */
export async function connectDialer(
  ctx: ServiceContext,
  dialer: ConnectDialer,
): Promise<{ id: EndpointId }> {
  allow(ctx, "endpoint.change");

  return inTransaction(ctx, async (ctx) => {
    const { kind, name, settings } = dialer;
    const id = await addEndpoint(ctx, {
      kind,
      name,
      url: placeOf(dialer),
      events: [...eventsOf(dialer)],
      secret: JSON.stringify(settings),
      ...(kind === "sftp" && { everyMinutes: fileEveryMinutes[dialer.every] }),
    });
    if (kind === "sftp") await writeFirst(ctx, id);
    if (isOfBlocked(dialer)) await writeEditions(ctx);
    await appendAudit(ctx, "endpoint.change", { endpointId: id, change: "connected", kind });
    return { id };
  });
}

/** What a registry lists changes with its editions, and what is suppressed with those of the blocked list. */
const eventsOf = (dialer: ConnectDialer): readonly EndpointEvent[] =>
  isOfBlocked(dialer)
    ? ["opt-out.recorded", "registry.updated", "blocked-list.changed"]
    : ["opt-out.recorded"];

const isOfBlocked = (dialer: ConnectDialer) =>
  dialer.kind === "sftp" && dialer.settings.content === "blocked";

/** What is suppressed is heard of by editions of the blocked list: it is written from now on. */
const writeEditions = ({ db, organizationId }: TransactionContext) =>
  db.blockedList.createMany({
    data: { organizationId, schedule: afterReadings },
    skipDuplicates: true,
  });

/** The host alone: some addresses hold the secret. */
const placeOf = ({ kind, settings }: ConnectDialer) =>
  kind === "sftp" ? `sftp://${settings.host}:${settings.port}` : new URL(settings.url).origin;

/** The list as it stands is there before the first change; it tells of the endpoint itself. */
async function writeFirst(ctx: TransactionContext, endpointId: EndpointId) {
  const { db, organizationId, now } = ctx;
  const event = "opt-out.recorded";
  await db.delivery.create({
    data: { organizationId, endpointId, event, subjectId: endpointId, dueAt: now, createdAt: now },
  });
  await queueDeliveries(ctx, endpointId);
}

import { afterReadings } from "@ringfence/core/do-not-call/blocked-list";
import type { ConnectDialer, EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

/** What a registry lists changes with its editions, and what is suppressed with those of the blocked list. */
export const eventsOf = (dialer: ConnectDialer): EndpointEvent[] =>
  isOfBlocked(dialer)
    ? ["opt-out.recorded", "registry.updated", "blocked-list.changed"]
    : ["opt-out.recorded"];

const isOfBlocked = (dialer: ConnectDialer) =>
  dialer.kind === "sftp" && dialer.settings.content === "blocked";

/** The host alone: some addresses hold the secret. */
export const placeOf = ({ kind, settings }: ConnectDialer) =>
  kind === "sftp" ? `sftp://${settings.host}:${settings.port}` : new URL(settings.url).origin;

/** The web address of a dialer; null where it has none. */
export const urlOf = ({ kind, settings }: ConnectDialer): string | null =>
  kind === "sftp" ? null : settings.url;

/**
 * The list as it stands is there before the first change; it tells of the endpoint itself. What is
 * suppressed is heard of by editions of the blocked list: it is written from now on.
 */
export const writeFirst = async (
  ctx: TransactionContext,
  dialer: ConnectDialer,
  endpointId: EndpointId,
): Promise<void> => {
  if (dialer.kind !== "sftp") return;
  const { db, organizationId, now } = ctx;
  const event = "opt-out.recorded";
  await db.delivery.create({
    data: { organizationId, endpointId, event, subjectId: endpointId, dueAt: now, createdAt: now },
  });
  await queueDeliveries(ctx, endpointId);
  if (!isOfBlocked(dialer)) return;
  await db.blockedList.createMany({
    data: { organizationId, schedule: afterReadings },
    skipDuplicates: true,
  });
};

import {
  type ChangeDialer,
  ConnectDialer,
  type EndpointEvent,
  type NewDialer,
  fileEveryMinutes,
  hasSameLogin,
} from "@ringfence/core/do-not-call/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import {
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  allow,
  appendAudit,
  inTransaction,
  openSecret,
  sealSecret,
} from "../../platform/internal.ts";
import {
  type NamedHosts,
  assertEncrypted,
  insertEndpoint,
  loadEndpoint,
  lockEndpoint,
} from "./endpoint.ts";
import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { queueDeliveries } from "../outbox/internal.ts";

/**
 * Connects a dialer, which from now on receives opt-outs in its own protocol. Its credentials are stored
 * encrypted; only the host of its address is shown, because some addresses contain the secret.
 */
export async function connectDialer(
  ctx: ServiceContext,
  { dialer, reason }: NewDialer,
  named: NamedHosts = {},
): Promise<{ id: EndpointId }> {
  allow(ctx, "endpoint.change");

  return inTransaction(ctx, async (ctx) => {
    const { kind, name, settings } = dialer;
    await assertEncrypted(ctx, { url: toWebAddress(dialer), path: "/dialer/settings/url" }, named);
    const id = await insertEndpoint(ctx, {
      kind,
      name,
      url: toShownAddress(dialer),
      events: toEvents(dialer),
      reason: mendText(reason),
      secret: JSON.stringify(settings),
      ...(kind === "sftp" && { everyMinutes: fileEveryMinutes[dialer.every] }),
    });
    await queueFirstFile(ctx, dialer, id);
    await appendAudit(ctx, "endpoint.change", { endpointId: id, change: "connected", kind });
    return { id };
  });
}

/**
 * Changes a dialer's connection; waiting deliveries use the new one. Credentials stay if none are given,
 * but must be entered again before they would go to another server. A file is rewritten at once.
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
    const before = await loadDialer(ctx, endpointId);
    if (before.kind !== change.kind) {
      throw new ServiceError("conflict", { key: "endpoint.other-kind" });
    }
    const settings = { ...before.settings, ...change.settings };
    const after = ConnectDialer.parse({ ...change, settings });
    const addresses = {
      url: toWebAddress(after),
      before: toWebAddress(before),
      path: "/settings/url",
    };
    await assertEncrypted(ctx, addresses, named);
    if (!hasSameLogin(before, after) && !hasSecret(change)) {
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
        url: toShownAddress(after),
        events: toEvents(after),
        secret: sealSecret(keys, organizationId, JSON.stringify(after.settings)),
        ...(after.kind === "sftp" && { everyMinutes: fileEveryMinutes[after.every] }),
      },
    });
    await queueFirstFile(ctx, after, endpointId);
    await appendAudit(ctx, "endpoint.change", { endpointId, change: "settings" });
  });
}

function hasSecret({ kind, settings }: Pick<ChangeDialer, "kind" | "settings">): boolean {
  switch (kind) {
    case "vicidial":
      return "pass" in settings;
    case "bitrix24":
      return "url" in settings;
    case "sftp":
      return "secret" in settings;
  }
}

/** Returns a dialer's connection settings, for somebody about to change them, without its credentials. */
export async function readDialer(
  ctx: ServiceContext,
  endpointId: EndpointId,
): Promise<ChangeDialer> {
  allow(ctx, "endpoint.change");

  const dialer = await inTransaction(ctx, (ctx) => loadDialer(ctx, endpointId));
  switch (dialer.kind) {
    case "vicidial": {
      const { pass: _, ...settings } = dialer.settings;
      return { ...dialer, endpointId, settings };
    }
    case "bitrix24": {
      const { url: _, ...settings } = dialer.settings;
      return { ...dialer, endpointId, settings };
    }
    case "sftp": {
      const { secret: _, ...settings } = dialer.settings;
      return { ...dialer, endpointId, settings };
    }
  }
}

/** A dialer as it was connected, with what opens it; a webhook is none. */
export const loadDialer = async (
  ctx: TransactionContext,
  endpointId: EndpointId,
): Promise<ConnectDialer> => {
  const { kind, name, secret, everyMinutes } = await loadEndpoint(ctx, endpointId);
  if (kind === "webhook") throw new ServiceError("conflict", { key: "endpoint.no-dialer" });
  const settings: unknown = JSON.parse(openSecret(ctx.keys, ctx.organizationId, secret));
  const [every] = Object.entries(fileEveryMinutes).find(([, at]) => at === everyMinutes) ?? [];
  return ConnectDialer.parse({ kind, name, settings, ...(kind === "sftp" && { every }) });
};

/**
 * Events that change the dialer's file: registry editions change what is listed, blocked-list editions what
 * is suppressed.
 */
const toEvents = (dialer: ConnectDialer): EndpointEvent[] =>
  writesBlockedList(dialer)
    ? ["opt-out.recorded", "registry.updated", "blocked-list.changed"]
    : ["opt-out.recorded"];

const writesBlockedList = (dialer: ConnectDialer) =>
  dialer.kind === "sftp" && dialer.settings.content === "blocked";

/** Only the host, because some addresses contain the secret. */
const toShownAddress = ({ kind, settings }: ConnectDialer) =>
  kind === "sftp" ? `sftp://${settings.host}:${settings.port}` : new URL(settings.url).origin;

/** Web address of a dialer; null if it has none. */
const toWebAddress = ({ kind, settings }: ConnectDialer): string | null =>
  kind === "sftp" ? null : settings.url;

/**
 * Queues the first file, which holds the list as it is before the first change; its subject is the endpoint
 * itself. If suppressed numbers are included, the blocked list is written from now on.
 */
const queueFirstFile = async (
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
  if (!writesBlockedList(dialer)) return;
  await db.blockedList.createMany({
    data: { organizationId, schedule: AFTER_REGISTRIES },
    skipDuplicates: true,
  });
};

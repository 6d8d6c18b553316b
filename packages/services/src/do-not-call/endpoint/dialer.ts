import {
  ChangeDialer,
  ConnectDialer,
  type EndpointEvent,
  NewDialer,
  fileEveryMinutes,
  hasSameLogin,
} from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import {
  ServiceError,
  type TransactionContext,
  command,
  openSecret,
  query,
  sealSecret,
} from "../../platform/internal.ts";
import { assertEncrypted, insertEndpoint, loadEndpoint, lockEndpoint } from "./endpoint.ts";
import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { queueDeliveries } from "../outbox/internal.ts";

/**
 * Connects a dialer, which from now on receives opt-outs in its own protocol. Its credentials are stored
 * encrypted; only the host of its address is shown, because some addresses contain the secret.
 */
export const connectDialer = command({
  name: "connectDialer",
  action: "endpoint.change",
  input: NewDialer,
  run: async (ctx, { dialer, reason }): Promise<{ id: EndpointId }> => {
    const { kind, name, settings } = dialer;
    await assertEncrypted(ctx, { url: toWebAddress(dialer), path: "/dialer/settings/url" });
    const id = await insertEndpoint(ctx, {
      kind,
      name,
      url: toShownAddress(dialer),
      events: toEvents(dialer),
      reason: mendText(reason),
      secret: JSON.stringify(settings),
      ...(kind === "sftp" && { everyMinutes: fileEveryMinutes[dialer.every] }),
    });
    await queueFileNow(ctx, dialer, id);
    return { id };
  },
  audit: ({ id }, { dialer: { kind } }) => ({ endpointId: id, change: "connected", kind }),
});

/**
 * Changes a dialer's connection; waiting deliveries use the new one. Credentials stay if none are given,
 * but must be entered again before they would go to another server. A list on an SFTP server is rewritten at once.
 */
export const changeDialer = command({
  name: "changeDialer",
  action: "endpoint.change",
  input: ChangeDialer,
  run: async (ctx, { endpointId, ...change }): Promise<void> => {
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
    await assertEncrypted(ctx, addresses);
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
    await queueFileNow(ctx, after, endpointId);
  },
  audit: (_, { endpointId }) => ({ endpointId, change: "settings" }),
});

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
export const readDialer = query({
  name: "readDialer",
  action: "endpoint.change",
  input: EndpointId,
  run: async (ctx, endpointId): Promise<ChangeDialer> => {
    const dialer = await loadDialer(ctx, endpointId);
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
  },
  audit: "none",
});

/** Loads the settings of a dialer with its credentials. Throws for a webhook. */
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
 * Events that a dialer receives: opt-outs and, if it writes a file of all blocked numbers, what else changes that
 * file. Registry editions change what is listed, blocked-list editions what is suppressed. Nothing is sent when an
 * opt-out is lifted: a list of opt-outs leaves it out when it is next written.
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
 * Queues a file with the list as it is before the next change, for an SFTP server only. The subject of its delivery is
 * the endpoint itself, so a file of changes stays empty and is not written. If suppressed numbers are included, the
 * blocked list is written from now on.
 */
const queueFileNow = async (
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

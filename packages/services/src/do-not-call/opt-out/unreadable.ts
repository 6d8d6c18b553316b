import {
  ServiceError,
  command,
  loadActorNames,
  query,
  toStoredActor,
} from "../../platform/internal.ts";
import { UnreadableOptOutId } from "@ringfence/core/ids";
import {
  DiscardReason,
  DiscardUnreadableOptOut,
  OptOutChannel,
  ResolveUnreadableOptOut,
  RestoreUnreadableOptOut,
} from "@ringfence/core/do-not-call/opt-out";
import { readPhone } from "@ringfence/core/people/phone";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findOrAddPhone } from "../../people/phone/internal.ts";
import { saveOptOuts } from "./record.ts";

const MAX_UNREADABLE_LISTED = 20;

/** Lists the unreadable opt-outs that wait, oldest first. `count` counts all that wait. */
export const listUnreadableOptOuts = query({
  name: "listUnreadableOptOuts",
  action: "opt-out.read",
  forAllSellers: true,
  run: async (ctx) => {
    const where = { organizationId: ctx.organizationId, discardedAt: null };
    const count = await ctx.db.misreadOptOut.count({ where });
    const rows = await ctx.db.misreadOptOut.findMany({
      where,
      orderBy: { id: "asc" },
      take: MAX_UNREADABLE_LISTED,
    });
    const nameActor = await loadActorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    const items = rows.map(({ id, input, channel, recordedAt, actor }) => ({
      id: UnreadableOptOutId.parse(id),
      input,
      channel: OptOutChannel.parse(channel),
      recordedAt,
      by: nameActor(actor),
    }));
    return { items, count };
  },
  audit: ({ items }) => (items.length > 0 ? { misread: items.length } : null),
});

/**
 * Records an unreadable opt-out for the number that was meant: from all calls, since the moment it arrived. What was
 * written is deleted.
 */
export const resolveUnreadableOptOut = command({
  name: "resolveUnreadableOptOut",
  action: "opt-out.mend",
  input: ResolveUnreadableOptOut,
  run: async (ctx, { id, phone: written }) => {
    const { db, organizationId } = ctx;
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(written, homeRegion);
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");

    const where = { organizationId, id, discardedAt: null };
    const unreadable = await db.misreadOptOut.findFirst({ where });
    const { count: settled } = await db.misreadOptOut.deleteMany({ where });
    if (unreadable === null || settled === 0) {
      throw new ServiceError("not-found", { key: "opt-out.misread-not-found" });
    }
    const { recordedAt: at } = unreadable;
    const channel = OptOutChannel.parse(unreadable.channel);
    const phoneId = await findOrAddPhone(ctx, read.phone);
    const [onRecord] = await saveOptOuts(ctx, [{ phoneId, scope: { scope: "all" }, channel, at }]);
    if (!onRecord) throw new Error("an opt-out was not saved");
    return { id: onRecord.id, phone: read.phone, reference: onRecord.reference, phoneId };
  },
  audit: ({ phoneId, id: optOutId }, { id: misreadId }) => ({ phoneId, optOutId, misreadId }),
  answer: ({ id, phone, reference }) => ({ id, phone, reference }),
});

/**
 * Sets an unreadable opt-out aside, with the reason. It is kept, and any officer can restore it, because
 * nobody ends an opt-out alone.
 */
export const discardUnreadableOptOut = command({
  name: "discardUnreadableOptOut",
  action: "opt-out.mend",
  input: DiscardUnreadableOptOut,
  run: async (ctx, { id, reason }) => {
    const { db, organizationId, actor, now } = ctx;
    const { count } = await db.misreadOptOut.updateMany({
      where: { organizationId, id, discardedAt: null },
      data: { discardedAt: now, discardReason: reason, discardedBy: toStoredActor(actor) },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "opt-out.misread-not-found" });
  },
  audit: (_, { id, reason }) => ({ misreadId: id, discarded: reason }),
});

/** Puts a discarded opt-out back in the queue. */
export const restoreUnreadableOptOut = command({
  name: "restoreUnreadableOptOut",
  action: "opt-out.mend",
  input: RestoreUnreadableOptOut,
  run: async (ctx, { id }) => {
    const { db, organizationId } = ctx;
    const { count } = await db.misreadOptOut.updateMany({
      where: { organizationId, id, discardedAt: { not: null } },
      data: { discardedAt: null },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "opt-out.misread-not-discarded" });
  },
  audit: (_, { id }) => ({ misreadId: id, takenUp: true }),
});

const MAX_DISCARDED_LISTED = 20;

/** Lists the discarded opt-outs, last discarded first. `count` counts all of them. */
export const listDiscardedOptOuts = query({
  name: "listDiscardedOptOuts",
  action: "opt-out.read",
  forAllSellers: true,
  run: async (ctx) => {
    const where = { organizationId: ctx.organizationId, discardedAt: { not: null } };
    const count = await ctx.db.misreadOptOut.count({ where });
    const rows = await ctx.db.misreadOptOut.findMany({
      where,
      orderBy: [{ discardedAt: "desc" }, { id: "desc" }],
      take: MAX_DISCARDED_LISTED,
    });
    const nameActor = await loadActorNames(
      ctx,
      rows.map(({ discardedBy }) => discardedBy),
    );
    const items = rows.map(({ id, input, channel, recordedAt, discardReason, discardedBy }) => ({
      id: UnreadableOptOutId.parse(id),
      input,
      channel: OptOutChannel.parse(channel),
      recordedAt,
      reason: DiscardReason.parse(discardReason),
      by: nameActor(discardedBy),
    }));
    return { items, count };
  },
  audit: ({ items }) => (items.length > 0 ? { discarded: items.length } : null),
});

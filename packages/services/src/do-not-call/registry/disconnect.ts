import {
  ServiceError,
  type TransactionContext,
  command,
  loadMemberNames,
  query,
} from "../../platform/internal.ts";
import { listBooks } from "@ringfence/core/people/jurisdiction";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  DisconnectRegistry,
  type DisconnectionEffect,
  RegistrySource,
  ReviewDisconnection,
  needsSecondOfficer,
  predictDisconnection,
} from "@ringfence/core/do-not-call/registry";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
  requireMemberId,
} from "../../account/member/internal.ts";
import { assertConnected, lockRegistry, registryNotFound, startReading } from "./registry.ts";
import { RegistryId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { z } from "zod";

/**
 * Disconnects a registry, with a reason. If a rule in force requires it, it stays connected until a second
 * officer accepts. Its editions are kept, so that past screenings can be explained.
 */
export const disconnectRegistry = command({
  name: "disconnectRegistry",
  action: "registry.change",
  input: DisconnectRegistry,
  run: async (ctx, { registryId, reason }) => {
    const { db, organizationId, now } = ctx;
    const { code, disconnectedAt } = await lockRegistry(ctx, registryId);
    assertConnected({ disconnectedAt });
    const where = { organizationId, registryId, status: "proposed" };
    if ((await db.registryDisconnection.count({ where })) > 0)
      throw new ServiceError("conflict", { key: "registry.disconnection-proposed" });

    const effect = predictDisconnection(
      listBooks(await loadLaw(ctx)),
      code,
      now.toISOString().slice(0, 10),
    );
    const isDisconnected = !needsSecondOfficer(effect);
    const proposedBy = requireMemberId(ctx);
    const { id: disconnectionId } = await db.registryDisconnection.create({
      data: {
        organizationId,
        registryId,
        status: isDisconnected ? "disconnected" : "proposed",
        reason,
        proposedBy,
        proposedAt: now,
        ...(isDisconnected && { settledBy: proposedBy, settledAt: now, settledWhy: reason }),
      },
    });
    if (isDisconnected) await disconnectNow(ctx, registryId);
    return { isDisconnected, disconnectionId };
  },
  audit: ({ isDisconnected, disconnectionId }, { registryId }) => {
    const change = isDisconnected ? "disconnected" : "disconnection-proposed";
    return { registryId, change, disconnectionId };
  },
  answer: ({ isDisconnected }) => ({ isDisconnected }),
});

/**
 * Answers a proposal to disconnect a registry. If an officer who is independent of the proposer accepts, the
 * registry is disconnected from now on. Any officer may reject, and then it stays connected.
 */
export const reviewDisconnection = command({
  name: "reviewDisconnection",
  action: "registry.change",
  input: ReviewDisconnection,
  run: async (ctx, { registryId, disconnectionId, verdict, reason }): Promise<void> => {
    const { db, organizationId, now: settledAt } = ctx;
    await lockRegistry(ctx, registryId);
    const proposed = { organizationId, registryId, id: disconnectionId, status: "proposed" };
    const proposal = await db.registryDisconnection.findFirst({ where: proposed });
    if (proposal === null)
      throw new ServiceError("conflict", { key: "registry.disconnection-settled" });
    const settledBy = requireMemberId(ctx);
    if (verdict === "accepted") await assertIndependentReviewer(ctx, [{ id: proposal.proposedBy }]);

    const status = verdict === "accepted" ? "disconnected" : "rejected";
    await db.registryDisconnection.updateMany({
      where: proposed,
      data: { status, settledBy, settledAt, settledWhy: reason },
    });
    if (verdict === "accepted") await disconnectNow(ctx, registryId);
  },
  audit: (_, { registryId, disconnectionId, verdict }) => {
    const change = verdict === "accepted" ? "disconnected" : "disconnection-rejected";
    return { registryId, change, disconnectionId };
  },
});

/**
 * Reconnects a registry with its previous settings and reads it at once, unless people have brought nothing to read
 * yet. Until it is read, its last edition counts according to its age.
 */
export const reconnectRegistry = command({
  name: "reconnectRegistry",
  action: "registry.change",
  input: RegistryId,
  run: async (ctx, registryId) => {
    const { db, organizationId, now } = ctx;
    await lockRegistry(ctx, registryId);
    const [registry] = await db.registry.updateManyAndReturn({
      where: { organizationId, id: registryId, disconnectedAt: { not: null } },
      data: { disconnectedAt: null, sweptAt: now },
      select: { source: true },
    });
    if (registry === undefined)
      throw new ServiceError("conflict", { key: "registry.connected-already" });
    await db.registryDisconnection.updateMany({
      where: { organizationId, registryId, status: "disconnected" },
      data: { status: "reconnected", reconnectedBy: requireMemberId(ctx), reconnectedAt: now },
    });
    return { runId: await startReading(ctx, registryId, RegistrySource.parse(registry.source)) };
  },
  audit: (_, registryId) => ({ registryId, change: "reconnected" }),
});

export type DisconnectedRegistry = { id: RegistryId; code: string; name: string; at: Date };

/** Lists disconnected registries that can be connected again, most recent first. */
export const listDisconnectedRegistries = query({
  name: "listDisconnectedRegistries",
  action: "registry.read",
  run: async ({ db, organizationId }): Promise<DisconnectedRegistry[]> => {
    const rows = await db.registry.findMany({
      where: { organizationId, disconnectedAt: { not: null } },
      orderBy: { disconnectedAt: "desc" },
      select: { id: true, code: true, name: true, disconnectedAt: true },
    });
    return rows.flatMap(({ id, disconnectedAt: at, ...row }) =>
      at === null ? [] : { id: RegistryId.parse(id), at, ...row },
    );
  },
  audit: "none",
});

export type DisconnectionView = DisconnectionEffect & {
  needsSecond: boolean;
  /**
   * Contacts with a number in a jurisdiction whose rules require it, by the last count; 0 before the first. One with
   * numbers in two countries counts twice.
   */
  contacts: number;
  /** Disconnection that waits for a second officer or is in effect; null if there is none. */
  open: {
    id: string;
    status: "proposed" | "disconnected";
    reason: string;
    /** Member who proposed it; null if they are no longer known. */
    by: string | null;
    /** True if the reader proposed it. */
    isOwn: boolean;
    /** Reason why the reader may not accept it; null if they may. */
    acceptFault: Message | null;
    at: Date;
    /** Who accepted it, and when; null while it waits. */
    settledBy: string | null;
    settledAt: Date | null;
  } | null;
};

const Counts = z.record(z.string(), z.int());

/** Shows the effect of disconnecting a registry, before or after it happens. */
export const viewDisconnection = query({
  name: "viewDisconnection",
  action: "registry.read",
  input: RegistryId,
  run: async (ctx, registryId): Promise<DisconnectionView> => {
    const { db, organizationId, now } = ctx;
    const where = { organizationId, id: registryId };
    const registry = await db.registry.findFirst({ where, select: { code: true } });
    if (registry === null) throw registryNotFound();
    const effect = predictDisconnection(
      listBooks(await loadLaw(ctx)),
      registry.code,
      now.toISOString().slice(0, 10),
    );
    const row = await db.contactCount.findUnique({ where: { organizationId } });
    const counts = Counts.parse(row?.counts ?? {});
    // A number in a state also counts in its country.
    const outer = effect.jurisdictions.filter(
      (jurisdiction) =>
        !effect.jurisdictions.some(
          (other) => other !== jurisdiction && jurisdiction.startsWith(`${other}-`),
        ),
    );
    return {
      ...effect,
      needsSecond: needsSecondOfficer(effect),
      contacts: outer.reduce((sum, jurisdiction) => sum + (counts[jurisdiction] ?? 0), 0),
      open: await findOpenDisconnection(ctx, registryId),
    };
  },
  audit: "none",
});

async function findOpenDisconnection(
  ctx: TransactionContext,
  registryId: RegistryId,
): Promise<DisconnectionView["open"]> {
  const { db, organizationId, actor } = ctx;
  const row = await db.registryDisconnection.findFirst({
    where: { organizationId, registryId, status: { in: ["proposed", "disconnected"] } },
  });
  if (row === null) return null;
  const { id, status, reason, proposedBy, proposedAt, settledBy, settledAt } = row;
  const names = await loadMemberNames(
    ctx,
    settledBy === null ? [proposedBy] : [proposedBy, settledBy],
  );
  return {
    id,
    status: status === "proposed" ? "proposed" : "disconnected",
    reason,
    by: names.get(proposedBy) ?? null,
    isOwn: actor.type === "member" && actor.id === proposedBy,
    acceptFault: findReviewFault(ctx, await loadReviewFacts(ctx), [{ id: proposedBy }]),
    at: proposedAt,
    settledBy: settledBy === null ? null : (names.get(settledBy) ?? null),
    settledAt,
  };
}

/** Takes a registry out of use and ends its alerts. Call it in the transaction that locked the registry. */
async function disconnectNow(
  { db, organizationId, now }: TransactionContext,
  registryId: RegistryId,
): Promise<void> {
  await db.registry.updateMany({
    where: { organizationId, id: registryId },
    data: { disconnectedAt: now },
  });
  await db.registryAlert.updateMany({
    where: { organizationId, registryId, until: null },
    data: { until: now },
  });
}

import { query } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import {
  disconnectionEffect,
  type DisconnectionEffect,
  needsSecondOfficer,
} from "@ringfence/core/do-not-call/registry";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";
import {
  findReviewFault,
  loadReviewFacts,
} from "../../account/member/assert-independent-reviewer.ts";
import { namesOf } from "../../account/member/names-of.ts";
import { registryNotFound } from "./registry-not-found.ts";

export type DisconnectionView = DisconnectionEffect & {
  needsSecond: boolean;
  /** Contacts with a number in a jurisdiction whose rules require it. */
  contacts: number;
  /** Disconnection that waits for a second officer or is in effect; null if there is none. */
  open: {
    id: string;
    status: "proposed" | "disconnected";
    reason: string;
    /** Member who proposed it; null if they are no longer known. */
    by: string | null;
    isOwn: boolean;
    /** Reason why the reader may not accept it; null if they may. */
    acceptFault: Message | null;
    at: Date;
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
    const effect = disconnectionEffect(registry.code, now.toISOString().slice(0, 10));
    const row = await db.contactCount.findUnique({ where: { organizationId } });
    const counts = Counts.parse(row?.counts ?? {});
    // A number in a state also counts in its country.
    const outer = effect.places.filter(
      (place) => !effect.places.some((other) => other !== place && place.startsWith(`${other}-`)),
    );
    return {
      ...effect,
      needsSecond: needsSecondOfficer(effect),
      contacts: outer.reduce((sum, place) => sum + (counts[place] ?? 0), 0),
      open: await findOpen(ctx, registryId),
    };
  },
  audit: "by run",
});

async function findOpen(
  ctx: TransactionContext,
  registryId: RegistryId,
): Promise<DisconnectionView["open"]> {
  const { db, organizationId, actor } = ctx;
  const row = await db.registryDisconnection.findFirst({
    where: { organizationId, registryId, status: { in: ["proposed", "disconnected"] } },
  });
  if (row === null) return null;
  const { id, status, reason, proposedBy, proposedAt, settledBy, settledAt } = row;
  const names = await namesOf(ctx, settledBy === null ? [proposedBy] : [proposedBy, settledBy]);
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

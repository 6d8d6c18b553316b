import { editionFault, isAcceptable } from "@ringfence/core/registry";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { type Comparison, compareEdition } from "./compare-edition.ts";
import { findPending, holdEdition, putInForce } from "./edition-rows.ts";
import { type LockedRegistry, lockRegistry } from "./lock-registry.ts";
import { markVerified } from "./mark-verified.ts";
import type { PublishedEdition } from "./published-edition.ts";
import { writeEdition } from "./write-edition.ts";

export type EditionOutcome =
  | { outcome: "unchanged" }
  /** Format or source were changed meanwhile: it has to be read again. */
  | { outcome: "outdated" }
  | {
      /** `held` leaves the old edition in force, and growing older, until an officer has looked. */
      outcome: "applied" | "held" | "rejected";
      editionId: string;
      listedBefore: number;
      listedAfter: number;
      added: number;
      removed: number;
    };

/**
 * Brings a registry up to an edition of it, in one transaction: the next screening sees all of it or
 * nothing. Safe to repeat: what is in force already is only verified.
 */
export async function applyEdition(
  ctx: ServiceContext,
  published: PublishedEdition,
): Promise<EditionOutcome> {
  allow(ctx, "registry.apply");

  return inTransaction(ctx, (ctx) => apply(ctx, published), { timeoutMs: 10 * 60_000 });
}

async function apply(
  ctx: TransactionContext,
  published: PublishedEdition,
): Promise<EditionOutcome> {
  const { registryId, revision, edition, sha256 } = published;
  const before = await lockRegistry(ctx, registryId);
  if (before.revision !== revision) return { outcome: "outdated" };
  if (before.sha256 === sha256) return verified(ctx, published);

  const pending = await findPending(ctx, published);
  const after = await compareEdition(ctx, registryId, before, edition);
  if (before.edition > 0 && isSame(before, after)) return verified(ctx, published);

  const { added, removed, listed: listedAfter } = after;
  const difference = { listedBefore: before.listed, listedAfter, added, removed };
  if (pending?.status === "rejected") {
    return { outcome: "rejected", editionId: pending.id, ...difference };
  }
  const fault = editionFault(edition, before, after, before.maxShrinkShare);
  const mayPass = fault === null || (pending?.status === "accepted" && isAcceptable(fault));
  if (!mayPass) {
    const editionId = pending?.id ?? (await holdEdition(ctx, published, after, fault));
    return { outcome: "held", editionId, ...difference };
  }
  const number = before.edition + 1;
  await writeEdition(ctx, registryId, { number, edition, changed: after.changed });
  const editionId = await putInForce(ctx, published, after, { number, id: pending?.id });
  return { outcome: "applied", editionId, ...difference };
}

/** Another form of the same content, such as files that only have a new name. */
const isSame = (before: LockedRegistry, { changed, areas }: Comparison) =>
  changed.length === 0 &&
  Object.keys(before.areas).toSorted().join() === Object.keys(areas).toSorted().join();

async function verified(
  ctx: TransactionContext,
  published: PublishedEdition,
): Promise<EditionOutcome> {
  await markVerified(ctx, published.registryId, published);
  return { outcome: "unchanged" };
}

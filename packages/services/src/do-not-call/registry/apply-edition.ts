import { command } from "../../platform/verb.ts";
import { z } from "zod";
import {
  type Validators,
  applyToBlock,
  findBits,
  findHoldReason,
  createNumberSet,
  isAcceptable,
} from "@ringfence/core/do-not-call/registry";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type TransactionContext, inTransaction } from "../../platform/context.ts";
import {
  type Comparison,
  listTouchedBlocks,
  compareEdition,
  compareFirstList,
} from "./compare-edition.ts";
import {
  type PublishedEdition,
  findEarlierEdition,
  findHeldEdition,
  holdEdition,
  markVerified,
  putInForce,
} from "./save-edition.ts";
import { requireClaim } from "../../platform/run/perform-run.ts";
import { type LockedRegistry, lockRegistry } from "./registry.ts";
import { loadBlocks, saveBlocks } from "./stored-blocks.ts";
import type { RegistryId } from "@ringfence/core/ids";

const TIMEOUT_MS = 10 * 60_000;

export type EditionOutcome =
  | { outcome: "unchanged" }
  /** Format or source were changed meanwhile, or another file put in: it has to be read again. */
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
export const applyEdition = command({
  name: "applyEdition",
  action: "registry.apply",
  input: z.custom<PublishedEdition>(),
  transaction: "by run",
  run: async (ctx, published): Promise<EditionOutcome> => {
    return inTransaction(
      ctx,
      async (ctx) => {
        const outcome = await compareAndApply(ctx, published);
        // Nothing of it comes true for a run that ended meanwhile.
        if (published.claim !== null) await requireClaim(ctx, published.claim);
        return outcome;
      },
      { timeoutMs: TIMEOUT_MS },
    );
  },
  audit: "by run",
});

/** What can be said of an edition without a look at its numbers. */
async function findKnownOutcome(
  ctx: TransactionContext,
  published: PublishedEdition,
  before: LockedRegistry,
): Promise<EditionOutcome | null> {
  if (before.revision !== published.revision || before.uploadId !== published.uploadId) {
    return { outcome: "outdated" };
  }
  if (before.sha256 === published.sha256 && mayVerify(published, before)) {
    return verify(ctx, published);
  }

  const pending = await findHeldEdition(ctx, published);
  if (pending?.status !== "rejected") return null;
  return {
    outcome: "rejected",
    editionId: pending.id,
    listedBefore: before.listed,
    listedAfter: Number(pending.listed),
    added: Number(pending.added),
    removed: Number(pending.removed),
  };
}

async function compareAndApply(
  ctx: TransactionContext,
  published: PublishedEdition,
): Promise<EditionOutcome> {
  const { registryId, edition } = published;
  const before = await lockRegistry(ctx, registryId);
  const known = await findKnownOutcome(ctx, published, before);
  if (known) return known;

  const isFirst = before.edition === 0;
  const isFirstList = isFirst && edition.kind === "full";
  const kept = isFirst ? createNumberSet() : await loadKeptNumbers(ctx, published);
  const after = isFirstList ? compareFirstList(edition) : compareEdition(before, kept, edition);
  if (!isFirst && isUnchanged(before, after) && mayVerify(published, before)) {
    return verify(ctx, published);
  }

  const { added, removed, listed: listedAfter } = after;
  const difference = { listedBefore: before.listed, listedAfter, added, removed };
  const pending = await findHeldEdition(ctx, published);
  const repeats = await findEarlierEdition(ctx, published, before.edition);
  const { maxShrinkShare } = before;
  const fault = findHoldReason(edition, before, after, {
    maxShrinkShare,
    repeats,
    latestDay: latestDay(ctx.now),
  });
  const mayPass = fault === null || (pending?.status === "accepted" && isAcceptable(fault));
  if (!mayPass) {
    const editionId = pending?.id ?? (await holdEdition(ctx, published, after, fault));
    return { outcome: "held", editionId, ...difference };
  }
  const number = before.edition + 1;
  await saveBlocks(ctx, registryId, {
    number: isFirstList ? null : number,
    blocks: after.blocks,
    before: kept,
    after: (block) => applyToBlock(edition, block, findBits(kept, block)),
  });
  const editionId = await putInForce(ctx, published, after, { number, id: pending?.id });
  return { outcome: "applied", editionId, ...difference };
}

/** Where it is latest, it is tomorrow already. */
const latestDay = (now: Date) => new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);

/** What is in force, as far as the edition may change it. */
async function loadKeptNumbers(
  { db, organizationId }: TransactionContext,
  { registryId, edition }: PublishedEdition,
) {
  const some = edition.kind === "full" ? undefined : listTouchedBlocks(edition);
  return loadBlocks(await db.$connection(), { organizationId, registryId }, some);
}

/** Changes that change nothing say little of a list that they cannot be applied to. */
const mayVerify = ({ edition }: PublishedEdition, { needsFullList }: LockedRegistry) =>
  edition.kind === "full" || edition.isFromAnswers || !needsFullList;

/** Another form of the same content, such as files that only have a new name. */
const isUnchanged = (before: LockedRegistry, { added, removed, areas, publishedOn }: Comparison) =>
  added + removed === 0 &&
  // An older list does not show that the one in force is still the newest, even where both name the same.
  (publishedOn ?? "9999") >= (before.publishedOn ?? "") &&
  Object.keys(before.areas).toSorted().join() === Object.keys(areas).toSorted().join();

async function verify(
  ctx: TransactionContext,
  published: PublishedEdition,
): Promise<EditionOutcome> {
  await markVerified(ctx, published.registryId, published);
  return { outcome: "unchanged" };
}

/** The source still offers these very bytes. */
export type ConfirmEdition = {
  registryId: RegistryId;
  revision: number;
  sha256: string;
  readAt: Date;
  validators: Validators | null;
};

/** Counts the age of the edition in force anew; `outdated` when it is another by now. */
export const confirmEdition = command({
  name: "confirmEdition",
  action: "registry.apply",
  input: z.custom<ConfirmEdition>(),
  run: async (ctx, input): Promise<{ outcome: "unchanged" | "outdated" }> => {
    const { revision, sha256 } = await lockRegistry(ctx, input.registryId);
    if (revision !== input.revision || sha256 !== input.sha256) return { outcome: "outdated" };
    await markVerified(ctx, input.registryId, input);
    return { outcome: "unchanged" };
  },
  audit: "by run",
});

import { type TransactionContext, assertClaim, command } from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  ConfirmEdition,
  applyToBlock,
  findBits,
  findHoldReason,
  createNumberSet,
  isAcceptable,
} from "@ringfence/core/do-not-call/registry";
import { findAllowLists, listBooks } from "@ringfence/core/people/jurisdiction";
import { DAY_MS } from "@ringfence/core/platform/time";
import {
  type Comparison,
  listTouchedBlocks,
  compareEdition,
  compareFirstList,
} from "./compare-edition.ts";
import {
  PublishedEdition,
  findEarlierEdition,
  findUnappliedEdition,
  holdEdition,
  markVerified,
  putInForce,
} from "./save-edition.ts";
import { type LockedRegistry, lockRegistry } from "./registry.ts";
import { loadBlocks, saveBlocks } from "./stored-blocks.ts";

const TIMEOUT_MS = 10 * 60_000;

export type EditionOutcome =
  | { outcome: "unchanged" }
  /** The settings changed, or another file was uploaded, during the reading. It has to be read again. */
  | { outcome: "outdated" }
  | {
      /**
       * `held`: the old edition stays in force, and ages, until an officer has reviewed the new one. `rejected`: an
       * officer has rejected the same files before.
       */
      outcome: "applied" | "held" | "rejected";
      editionId: string;
      listedBefore: number;
      listedAfter: number;
      added: number;
      removed: number;
    };

/**
 * Applies an edition to a registry in one transaction: the next screening sees all of it or nothing. An edition
 * that looks wrong is held for review. Safe to repeat: an edition in force is only verified.
 */
export const applyEdition = command({
  name: "applyEdition",
  action: "registry.apply",
  input: PublishedEdition,
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx, published): Promise<EditionOutcome> => {
    const outcome = await compareAndApply(ctx, published);
    // Rolls everything back if the run has ended by now.
    if (published.claim !== null) await assertClaim(ctx, published.claim);
    return outcome;
  },
  // One row (`holdEdition`, `putInForce`), or none if nothing changed or the edition was held before.
  audit: "by run",
});

/** Finds the outcome if it is clear without comparing numbers: outdated, unchanged, or rejected before. */
async function findEarlyOutcome(
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

  const pending = await findUnappliedEdition(ctx, published);
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
  const early = await findEarlyOutcome(ctx, published, before);
  if (early) return early;

  const isFirst = before.edition === 0;
  const isFirstList = isFirst && edition.kind === "full";
  const kept = isFirst ? createNumberSet() : await loadKeptNumbers(ctx, published);
  const after = isFirstList ? compareFirstList(edition) : compareEdition(before, kept, edition);
  if (!isFirst && isUnchanged(before, after) && mayVerify(published, before)) {
    return verify(ctx, published);
  }

  const { added, removed, listed: listedAfter } = after;
  const difference = { listedBefore: before.listed, listedAfter, added, removed };
  const pending = await findUnappliedEdition(ctx, published);
  const repeats = await findEarlierEdition(ctx, published, before.edition);
  const { maxShrinkShare } = before;
  const fault = findHoldReason(edition, before, after, {
    maxShrinkShare,
    isAllowList: listBooks(await loadLaw(ctx)).some((book) =>
      findAllowLists(book).has(before.code),
    ),
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

/** Computes the latest day that an edition may bear: a day ahead of UTC, because that day may have begun elsewhere. */
const latestDay = (now: Date) => new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);

/** Loads the numbers in force, as far as the edition can change them. */
async function loadKeptNumbers(
  { db, organizationId }: TransactionContext,
  { registryId, edition }: PublishedEdition,
) {
  const blocks = edition.kind === "full" ? undefined : listTouchedBlocks(edition);
  return loadBlocks(await db.$connection(), { organizationId, registryId }, blocks);
}

/** True if an unchanged edition proves that the registry is up to date. Changes do not while a full list is needed. */
const mayVerify = ({ edition }: PublishedEdition, { needsFullList }: LockedRegistry) =>
  edition.kind === "full" || edition.isFromAnswers || !needsFullList;

/** True if the content is the same in another form, such as renamed files. */
const isUnchanged = (before: LockedRegistry, { added, removed, areas, publishedOn }: Comparison) =>
  added + removed === 0 &&
  // An older list does not prove that the one in force is the newest, even with the same numbers.
  (publishedOn ?? "9999") >= (before.publishedOn ?? "") &&
  Object.keys(before.areas).toSorted().join() === Object.keys(areas).toSorted().join();

async function verify(
  ctx: TransactionContext,
  published: PublishedEdition,
): Promise<EditionOutcome> {
  await markVerified(ctx, published.registryId, published);
  return { outcome: "unchanged" };
}

/**
 * Records that the edition in force is still current. `outdated`: another one is in force by now, or the settings have
 * changed since, and nothing is recorded.
 */
export const confirmEdition = command({
  name: "confirmEdition",
  action: "registry.apply",
  input: ConfirmEdition,
  run: async (ctx, input): Promise<{ outcome: "unchanged" | "outdated" }> => {
    const { revision, sha256 } = await lockRegistry(ctx, input.registryId);
    if (revision !== input.revision || sha256 !== input.sha256) return { outcome: "outdated" };
    await markVerified(ctx, input.registryId, input);
    return { outcome: "unchanged" };
  },
  audit: "none",
});

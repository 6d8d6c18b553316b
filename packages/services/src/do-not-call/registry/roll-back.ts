import type { RegistryId } from "@ringfence/core/ids";
import {
  AreaCounts,
  BLOCK_BYTES,
  type Bits,
  RollBackRegistry,
  blockNumbersIn,
  countChanges,
  createNumberSet,
  findBits,
  isEmpty,
} from "@ringfence/core/do-not-call/registry";
import {
  ServiceError,
  type TransactionContext,
  command,
  toStoredActor,
} from "../../platform/internal.ts";
import { announceChanges } from "../outbox/internal.ts";
import { recordStatement } from "../../proof/ledger/internal.ts";
import { loadEditionEvidence } from "./edition-evidence.ts";
import { assertConnected, lockRegistry } from "./registry.ts";
import { loadBlocks, saveBlocks, toggleChangesSince } from "./stored-blocks.ts";

const TIMEOUT_MS = 10 * 60_000;

/**
 * Puts an earlier edition in force again, as a new one, so that no history is lost. Its age counts from when it was
 * read, so the registry may be stale at once. If the source offers the replaced edition again, it is held. Changes
 * are held until a full list was read, because undone changes would not come again.
 */
export const rollBackRegistry = command({
  name: "rollBackRegistry",
  action: "registry.change",
  input: RollBackRegistry,
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx, { registryId, number: returnsTo, reason }) => {
    const { edition, disconnectedAt } = await lockRegistry(ctx, registryId);
    assertConnected({ disconnectedAt });
    const earlier = await findAppliedEdition(ctx, registryId, returnsTo);
    if (earlier === null || returnsTo >= edition) {
      const values = { number: returnsTo };
      throw new ServiceError("conflict", { key: "error.edition-not-earlier", values });
    }
    const number = edition + 1;
    const { added, removed } = await restoreNumbers(ctx, registryId, { to: returnsTo, as: number });
    const editionId = await putInForceAgain(ctx, earlier, { number, added, removed, reason });

    const { sha256, listed } = earlier;
    const details = {
      registryId,
      editionId,
      number,
      returnsTo,
      listed: Number(listed),
      added,
      removed,
    };
    const [evidence] = await loadEditionEvidence(ctx, [{ registryId, number }]);
    await recordStatement(ctx, {
      organizationId: ctx.organizationId,
      kind: "registry.edition",
      subject: editionId,
      at: ctx.now,
      claims: { ...evidence, ...details, sha256 },
    });
    return details;
  },
  audit: (details) => ({ change: "rolled-back", ...details }),
  answer: ({ number }) => ({ number }),
});

const findAppliedEdition = (
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  number: number,
) =>
  db.registryEdition.findFirst({
    where: { organizationId, registryId, number },
    omit: { id: true, fault: true },
  });

type AppliedEdition = NonNullable<Awaited<ReturnType<typeof findAppliedEdition>>>;

async function putInForceAgain(
  ctx: TransactionContext,
  { registryId, ...earlier }: AppliedEdition,
  {
    number,
    added,
    removed,
    reason,
  }: { number: number; added: number; removed: number; reason: string },
) {
  const { db, organizationId, actor, now } = ctx;
  const contentReadAt = earlier.contentReadAt ?? earlier.readAt;
  const areas = AreaCounts.parse(earlier.areas);
  const { id } = await db.registryEdition.create({
    data: {
      ...earlier,
      registryId,
      number,
      kind: "return",
      added,
      removed,
      areas,
      readAt: now,
      contentReadAt,
      settledBy: toStoredActor(actor),
      settledAt: now,
      settledWhy: reason,
    },
  });
  // The validators belonged to the replaced edition.
  const { listed } = earlier;
  await db.$executeRaw`
    UPDATE registry SET edition = ${number}::int, listed = ${listed}::bigint,
      areas = ${JSON.stringify(areas)}::jsonb, verified_at = ${contentReadAt}, validators = NULL
    WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;
  await announceChanges(ctx, "registry.updated", [id]);
  return id;
}

/** Restores the numbers of an earlier edition and records the difference. */
async function restoreNumbers(
  ctx: TransactionContext,
  registryId: RegistryId,
  { to, as }: { to: number; as: number },
): Promise<{ added: number; removed: number }> {
  const { db, organizationId } = ctx;
  const key = { organizationId, registryId };
  const connection = await db.$connection();
  const flips = createNumberSet({ isShared: true });
  await toggleChangesSince(connection, key, to, flips);
  const differs = (block: number) => !isEmpty(findBits(flips, block) ?? emptyBits);
  const blocks = blockNumbersIn(flips).filter(differs);
  const before = await loadBlocks(connection, key, blocks);
  const after = (block: number) => flipBits(findBits(before, block), findBits(flips, block));

  let [added, removed] = [0, 0];
  for (const block of blocks) {
    const change = countChanges(findBits(before, block), after(block));
    added += change.added;
    removed += change.removed;
  }
  await saveBlocks(ctx, registryId, { number: as, blocks, before, after });
  return { added, removed };
}

const emptyBits = new Uint8Array(BLOCK_BYTES);

const flipBits = (bits: Bits = emptyBits, flips: Bits = emptyBits) =>
  bits.map((byte, index) => byte ^ (flips[index] ?? 0));

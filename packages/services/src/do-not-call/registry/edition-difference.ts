import { query } from "../../platform/verb.ts";
import { BLOCK_SIZE, OneEdition, unpackLines } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { viewEditions } from "./edition-view.ts";

/** As many are shown: to see whether it is what one expects, and not to take a registry away. */
const SAMPLE = 50;

export type ChangedNumber = { phone: string; isAdded: boolean };

/** An edition that was applied, and the first numbers that it added or removed; of the first edition, none. */
export const editionDifference = query({
  name: "editionDifference",
  action: "registry.read",
  input: OneEdition,
  run: async (ctx, { registryId, number }) => {
    const { db, organizationId } = ctx;
    const where = { organizationId, registryId, number };
    const rows = await db.registryEdition.findMany({ where });
    const [edition] = await viewEditions(ctx, rows);
    if (edition === undefined) {
      throw new ServiceError("not-found", { key: "error.edition-not-found" });
    }
    const sample = await readSample(ctx, { registryId, number });
    const shown = sample.length;
    await appendAudit(ctx, "registry.read", { registryId, edition: number, shown });
    return { edition, sample };
  },
  audit: "by run",
});

async function readSample(
  { db, organizationId }: TransactionContext,
  { registryId, number }: OneEdition,
): Promise<ChangedNumber[]> {
  const changes = await db.registryChange.findMany({
    where: { organizationId, registryId, edition: number },
    orderBy: { block: "asc" },
    take: SAMPLE,
    select: { block: true, lines: true },
  });
  const numbers = changes
    .flatMap(({ block, lines }) =>
      [...unpackLines(lines)].map((line) => Number(block) * BLOCK_SIZE + line),
    )
    .slice(0, SAMPLE);
  return db.$queryRaw<ChangedNumber[]>`
    SELECT '+' || digits AS phone, registry_listed_in(${organizationId}::uuid, ${registryId}::uuid,
      ${number}::int, digits / ${BLOCK_SIZE}, (digits % ${BLOCK_SIZE})::int) AS "isAdded"
    FROM unnest(${numbers}::bigint[]) AS digits ORDER BY digits`;
}

import { sql } from "kysely";
import {
  ServiceError,
  type TransactionContext,
  loadMemberNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  BLOCK_SIZE,
  EditionKey,
  ListEditions,
  unpackLines,
} from "@ringfence/core/do-not-call/registry";
import { RegistryEditionId } from "@ringfence/core/ids";
import { StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import { z } from "zod";

/** Lists the editions of a registry (applied, held, accepted and rejected), latest first, in pages. */
export const listEditions = query({
  name: "listEditions",
  action: "registry.read",
  input: ListEditions,
  run: async (ctx, { registryId, after, limit }) => {
    const { db, organizationId } = ctx;
    const rows = await db.registryEdition.findMany({
      where: { organizationId, registryId, ...(after && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const editions = await loadEditionViews(ctx, rows.slice(0, limit));
    return { editions, next: rows.length > limit ? (editions.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/** Sample size: enough to see if an edition is as expected, too few to copy a registry. */
const SAMPLE = 50;

const ChangedNumber = z.object({ phone: z.string(), isAdded: z.boolean() });
export type ChangedNumber = z.infer<typeof ChangedNumber>;

/**
 * Shows an applied edition with a sample of the numbers that it added or removed. A first full list has no sample,
 * because its changes are not stored.
 */
export const viewEditionChanges = query({
  name: "viewEditionChanges",
  action: "registry.read",
  input: EditionKey,
  run: async (ctx, { registryId, number }) => {
    const { db, organizationId } = ctx;
    const where = { organizationId, registryId, number };
    const rows = await db.registryEdition.findMany({ where });
    const [edition] = await loadEditionViews(ctx, rows);
    if (edition === undefined) {
      throw new ServiceError("not-found", { key: "error.edition-not-found" });
    }
    const sample = await loadSample(ctx, { registryId, number });
    return { edition, sample };
  },
  audit: ({ sample }, { registryId, number }) => ({
    registryId,
    edition: number,
    shown: sample.length,
  }),
});

async function loadSample(
  { db, organizationId }: TransactionContext,
  { registryId, number }: EditionKey,
): Promise<ChangedNumber[]> {
  const changes = await db.registryChange.findMany({
    where: { organizationId, registryId, edition: number },
    orderBy: { block: "asc" },
    take: SAMPLE,
    select: { block: true, lines: true },
  });
  const digits = changes
    // Each line is a number of the block, by its place in it.
    .flatMap(({ block, lines }) =>
      [...unpackLines(lines)].map((line) => Number(block) * BLOCK_SIZE + line),
    )
    .slice(0, SAMPLE);
  return selectRows(
    { db },
    ChangedNumber,
    sql`
    SELECT '+' || digits AS phone, registry_listed_in(${organizationId}::uuid, ${registryId}::uuid,
      ${number}::int, digits / ${BLOCK_SIZE}, (digits % ${BLOCK_SIZE})::int) AS "isAdded"
    FROM unnest(${digits}::bigint[]) AS digits ORDER BY digits`,
  );
}

const countColumn = z.bigint().transform(Number);

/** An edition as it is stored. */
const EditionRow = z.object({
  id: RegistryEditionId,
  /** Sequence number among applied editions; null for others. */
  number: z.int().nullable(),
  /** `accepted`: an officer has accepted it after it was held, and it has not been read again yet. */
  status: z.enum(["applied", "held", "accepted", "rejected"]),
  /** `return`: an earlier edition that was put in force again. */
  kind: z.enum(["full", "change", "return"]),
  sha256: z.string(),
  /** Number of lines in its file. */
  lines: countColumn,
  bytes: countColumn,
  listed: countColumn,
  added: countColumn,
  removed: countColumn,
  /** The publisher's date, `2026-08-05`. */
  publishedOn: z
    .date()
    .transform((day) => day.toISOString().slice(0, 10))
    .nullable(),
  readAt: z.date(),
  /** Why the edition is or was held. */
  fault: StoredMessage.transform(fromStoredMessage).nullable(),
  settledBy: z.object({ id: z.string() }).nullable(),
  settledAt: z.date().nullable(),
  settledWhy: z.string().nullable(),
});

/** An edition for pages. */
export type EditionView = Omit<
  z.infer<typeof EditionRow>,
  "settledBy" | "settledAt" | "settledWhy"
> & {
  /** An officer's review or, for a `return`, their decision. `by` is null if the officer is no longer known. */
  settled: { by: string | null; at: Date; why: string } | null;
};

/** Converts rows of editions for pages, in their order. */
export async function loadEditionViews(
  ctx: TransactionContext,
  rows: readonly unknown[],
): Promise<EditionView[]> {
  const editions = EditionRow.array().parse(rows);
  const names = await loadMemberNames(
    ctx,
    editions.flatMap(({ settledBy }) => settledBy?.id ?? []),
  );
  return editions.map(({ settledBy, settledAt, settledWhy, ...edition }) => ({
    ...edition,
    settled: settledAt && {
      by: names.get(settledBy?.id ?? "") ?? null,
      at: settledAt,
      why: settledWhy ?? "",
    },
  }));
}

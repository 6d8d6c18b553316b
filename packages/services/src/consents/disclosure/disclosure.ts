import { z } from "zod";
import { sql } from "kysely";
import { DisclosureId } from "@ringfence/core/ids";
import {
  ServiceError,
  type TransactionContext,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { DisclosureTerms, type PublishedDisclosure } from "@ringfence/core/consents/disclosure";

/** Reference to a version of a text. */
export const DisclosureRef = z.object({ id: z.string(), version: z.int() });
export type DisclosureRef = z.infer<typeof DisclosureRef>;

/** Throws unless the disclosure exists in this organization and is published or has a draft. */
export async function assertDisclosureExists(
  { db, organizationId }: TransactionContext,
  id: DisclosureId,
): Promise<void> {
  const known = await db.$kysely
    .selectFrom("disclosure")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("terms", "is not", null)
    .unionAll((query) =>
      query
        .selectFrom("disclosureDraft")
        .select("id")
        .where("organizationId", "=", organizationId)
        .where("id", "=", id),
    )
    .executeTakeFirst();
  if (!known) throw new ServiceError("not-found", { key: "disclosure.not-found" });
}

const PublishedRow = z.object({
  id: DisclosureId,
  version: z.int(),
  language: z.string(),
  text: z.string(),
  terms: DisclosureTerms,
});

/** A version as Prisma reads it. */
type Row = { id: string; version: number; language: string; text: string; terms: unknown };

/** Loads published versions in the order of `refs`. An entry is null if that version is not published. */
export async function loadPublishedDisclosures(
  { db, organizationId }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<(PublishedDisclosure | null)[]> {
  const rows = await selectRows(
    { db },
    PublishedRow.extend({ index: z.int() }),
    sql`
    SELECT asked.index, disclosure.id, disclosure.version, language, text, terms
    FROM ${toTable(refs, { id: "uuid", version: "int" })} AS asked
    JOIN disclosure ON organization_id = ${organizationId}::uuid AND disclosure.id = asked.id
      AND disclosure.version = asked.version AND terms IS NOT NULL`,
  );
  const found = new Map(rows.map(({ index, ...row }) => [index, row]));
  return refs.map((_, index) => found.get(index) ?? null);
}

/** Converts a row. Throws if it has no terms, as a text has that was only reported with a consent. */
export const toPublishedDisclosure = (row: Row): PublishedDisclosure => PublishedRow.parse(row);

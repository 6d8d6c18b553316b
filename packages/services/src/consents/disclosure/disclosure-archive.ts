import { DisclosureTerms } from "@ringfence/core/consents/disclosure";
import { DisclosureId, type SellerId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";

type ArchivedDisclosure = {
  id: DisclosureId;
  name: string;
  sellerId: SellerId;
  archivedAt: Date;
  archivedBy: unknown;
};

/** Lists the archived disclosures by what they are called. */
export async function archivedDisclosures({
  db,
  organizationId,
}: TransactionContext): Promise<ArchivedDisclosure[]> {
  const rows = await db.$queryRaw<
    { id: string; terms: unknown; archivedAt: Date; archivedBy: unknown }[]
  >`
    SELECT archive.id, archived_at AS "archivedAt", archived_by AS "archivedBy",
      coalesce(
        (SELECT terms FROM disclosure
          WHERE organization_id = archive.organization_id AND id = archive.id AND terms IS NOT NULL
          ORDER BY version DESC LIMIT 1),
        (SELECT terms FROM disclosure_draft
          WHERE organization_id = archive.organization_id AND id = archive.id)) AS terms
    FROM disclosure_archive AS archive WHERE organization_id = ${organizationId}::uuid`;
  return rows
    .map(({ id, terms, ...row }) => {
      const { title: name, seller: sellerId } = DisclosureTerms.parse(terms);
      return { ...row, id: DisclosureId.parse(id), name, sellerId };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Refuses a disclosure that is archived, and keeps others from archiving it meanwhile. */
export async function requireUnarchived(ctx: TransactionContext, id: DisclosureId): Promise<void> {
  const { db, organizationId } = ctx;
  await shareLock(ctx, "disclosures");
  const count = await db.disclosureArchive.count({ where: { organizationId, id } });
  if (count > 0) throw new ServiceError("conflict", { key: "disclosure.is-archived" });
}

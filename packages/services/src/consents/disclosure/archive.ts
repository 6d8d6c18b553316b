import { z } from "zod";
import { sql } from "kysely";
import {
  ServiceError,
  type TransactionContext,
  command,
  holdLock,
  selectRows,
  shareLock,
  toStoredActor,
} from "../../platform/internal.ts";
import { DisclosureId, type SellerId } from "@ringfence/core/ids";
import { assertDisclosureExists } from "./disclosure.ts";
import { DisclosureTerms } from "@ringfence/core/consents/disclosure";

/**
 * Archives a disclosure with all its versions and its draft. Consents that were given by it stay as they
 * are. Refuses one that a form which is not closed has in its latest version or its draft, and names the form.
 */
export const archiveDisclosure = command({
  name: "archiveDisclosure",
  action: "disclosure.change",
  input: DisclosureId,
  run: async (ctx, id): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await holdLock(ctx, "disclosures");
    await assertDisclosureExists(ctx, id);
    const form = await findFormInUse(ctx, id);
    if (form !== null) {
      throw new ServiceError("conflict", { key: "disclosure.in-use", values: { name: form } });
    }
    // The id of an archive row is that of its disclosure.
    const { count } = await db.disclosureArchive.createMany({
      data: { organizationId, id, archivedAt: now, archivedBy: toStoredActor(actor) },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "disclosure.is-archived" });
  },
  audit: (_, disclosureId) => ({ disclosureId, archived: true }),
});

/**
 * Finds the name of a form, published or not, that is not closed and has this disclosure in its latest version or
 * draft.
 */
async function findFormInUse(
  { db, organizationId }: TransactionContext,
  id: DisclosureId,
): Promise<string | null> {
  const asked = JSON.stringify([{ id }]);
  const [form] = await selectRows(
    { db },
    z.object({ name: z.string() }),
    sql`
    SELECT form.name FROM capture_form AS form
    LEFT JOIN LATERAL (
      SELECT settings FROM capture_form_version
      WHERE organization_id = form.organization_id AND form_id = form.id
      ORDER BY version DESC LIMIT 1
    ) AS latest ON true
    WHERE form.organization_id = ${organizationId}::uuid AND form.closed_at IS NULL
      AND (latest.settings->'disclosures' @> ${asked}::jsonb
        OR form.draft->'disclosures' @> ${asked}::jsonb)
    ORDER BY form.name LIMIT 1`,
  );
  return form?.name ?? null;
}

/** Restores a disclosure from the archive, with all its versions and its draft. */
export const restoreDisclosure = command({
  name: "restoreDisclosure",
  action: "disclosure.change",
  input: DisclosureId,
  run: async (ctx, id): Promise<void> => {
    const { db, organizationId } = ctx;
    const { count } = await db.disclosureArchive.deleteMany({ where: { organizationId, id } });
    if (count === 0) throw new ServiceError("not-found", { key: "disclosure.not-archived" });
  },
  audit: (_, disclosureId) => ({ disclosureId, archived: false }),
});

const ArchivedRow = z.object({
  id: DisclosureId,
  terms: DisclosureTerms,
  archivedAt: z.date(),
  archivedBy: z.unknown(),
});

type ArchivedDisclosure = Omit<z.infer<typeof ArchivedRow>, "terms"> & {
  name: string;
  sellerId: SellerId;
};

/** Loads the archived disclosures, sorted by title. */
export async function loadArchivedDisclosures({
  db,
  organizationId,
}: TransactionContext): Promise<ArchivedDisclosure[]> {
  const rows = await selectRows(
    { db },
    ArchivedRow,
    sql`
    SELECT archive.id, archived_at AS "archivedAt", archived_by AS "archivedBy",
      coalesce(
        (SELECT terms FROM disclosure
          WHERE organization_id = archive.organization_id AND id = archive.id AND terms IS NOT NULL
          ORDER BY version DESC LIMIT 1),
        (SELECT terms FROM disclosure_draft
          WHERE organization_id = archive.organization_id AND id = archive.id)) AS terms
    FROM disclosure_archive AS archive WHERE organization_id = ${organizationId}::uuid`,
  );
  return rows
    .map(({ terms, ...row }) => ({ ...row, name: terms.title, sellerId: terms.seller }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/**
 * Throws if the disclosure is archived, for changes of the disclosure itself. Holds a shared lock, so that nobody
 * archives it before the transaction ends. Publishing a form takes the same lock and lists all its archived disclosures
 * (`findArchivedFaults`). The draft of a form may name an archived disclosure, because a draft asks nobody.
 */
export async function assertNotArchived(ctx: TransactionContext, id: DisclosureId): Promise<void> {
  const { db, organizationId } = ctx;
  await shareLock(ctx, "disclosures");
  const count = await db.disclosureArchive.count({ where: { organizationId, id } });
  if (count > 0) throw new ServiceError("conflict", { key: "disclosure.is-archived" });
}

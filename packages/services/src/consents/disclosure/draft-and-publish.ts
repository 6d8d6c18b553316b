import { z } from "zod";
import { sql } from "kysely";
import {
  ServiceError,
  type TransactionContext,
  command,
  selectRows,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  DisclosureTerms,
  DraftDisclosure,
  findPublicationFaults,
} from "@ringfence/core/consents/disclosure";
import { DisclosureId } from "@ringfence/core/ids";
import { findSeller } from "@ringfence/core/account/seller";
import { loadSellers } from "../../account/seller/internal.ts";
import { assertNotArchived } from "./archive.ts";
import { assertDisclosureExists } from "./disclosure.ts";
import type { Fault } from "@ringfence/core/platform/message";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { recordDisclosureStatements } from "./statement.ts";

/** Saves the draft of a new disclosure, or of the next version of an existing one. */
export const draftDisclosure = command({
  name: "draftDisclosure",
  action: "disclosure.change",
  input: DraftDisclosure,
  run: async (ctx, { id, language, text, terms }): Promise<{ id: DisclosureId }> => {
    const { db, organizationId, now } = ctx;
    const { seller, fault } = findSeller(await loadSellers(ctx), terms.seller);
    if (fault) throw new ServiceError("invalid-field", fault, "/terms/seller");
    if (id !== undefined) {
      await assertDisclosureExists(ctx, id);
      await assertNotArchived(ctx, id);
    }

    const content = { language, text, terms: { ...terms, seller: seller.id } };
    const data = { ...content, updatedAt: now, actor: toStoredActor(ctx.actor) };
    const changed =
      id === undefined
        ? { count: 0 }
        : await db.disclosureDraft.updateMany({ where: { organizationId, id }, data });
    const drafted =
      changed.count > 0
        ? { id }
        : await db.disclosureDraft.create({ data: { organizationId, ...(id && { id }), ...data } });
    return { id: DisclosureId.parse(drafted.id) };
  },
  audit: ({ id: disclosureId }) => ({ disclosureId }),
});

/** Number of the published version, or the faults that keep it from being published. */
export type PublishDisclosureResult =
  | { version: number; faults?: never }
  | { faults: readonly Fault[]; version?: never };

/**
 * Publishes a draft as a version that never changes, deletes the draft, and records the version in the ledger before
 * any form can use it. Changes nothing if there are faults.
 */
export const publishDisclosure = command({
  name: "publishDisclosure",
  action: "disclosure.change",
  input: DisclosureId,
  run: async (ctx, id): Promise<PublishDisclosureResult> => {
    await assertNotArchived(ctx, id);
    const draft = await lockDraft(ctx, id);
    const faults = findPublicationFaults(draft, await loadPurposes(ctx));
    if (faults.length > 0) return { faults };

    const version = await insertVersion(ctx, id, draft);
    const { organizationId } = ctx;
    await ctx.db.disclosureDraft.deleteMany({ where: { organizationId, id } });
    await recordDisclosureStatements(ctx, [{ id, version }]);
    return { version };
  },
  audit: ({ version }, disclosureId) => (version === undefined ? null : { disclosureId, version }),
});

type Draft = { language: string; text: string; terms: DisclosureTerms };

/** Loads and locks the draft, so that only one of two concurrent publications succeeds. */
async function lockDraft({ db, organizationId }: TransactionContext, id: DisclosureId) {
  const row = await db.$kysely
    .selectFrom("disclosureDraft")
    .select(["language", "text", "terms"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ServiceError("not-found", { key: "disclosure.no-draft" });
  return { ...row, terms: DisclosureTerms.parse(row.terms) };
}

async function insertVersion(
  { db, organizationId, now, actor }: TransactionContext,
  id: DisclosureId,
  { language, text, terms }: Draft,
) {
  const [row] = await selectRows(
    { db },
    z.object({ version: z.int() }),
    sql`
    INSERT INTO disclosure
      (organization_id, id, version, language, text, sha256, terms, created_at, actor)
    SELECT ${organizationId}::uuid, ${id}::uuid, coalesce(max(version), 0) + 1, ${language}, ${text},
      sha256(convert_to(${text}, 'UTF8')), ${JSON.stringify(terms)}::jsonb, ${now},
      ${JSON.stringify(toStoredActor(actor))}::jsonb
    FROM disclosure WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
    RETURNING version`,
  );
  if (!row) throw new Error("a disclosure got no version");
  return row.version;
}

import { sql } from "kysely";
import { z } from "zod";
import {
  type Archival,
  type NamedActor,
  ServiceError,
  type TransactionContext,
  canSeeSeller,
  loadActorNames,
  query,
  readArchived,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { DisclosureTerms, type PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { DisclosureId } from "@ringfence/core/ids";
import { toPublishedDisclosure } from "./disclosure.ts";

const DisclosureListItem = z.object({
  id: DisclosureId,
  /** 0 before the first is published. */
  version: z.int(),
  hasDraft: z.boolean(),
  language: z.string(),
  terms: DisclosureTerms,
  changedAt: z.date(),
  /** Number of consents for which any of its versions was shown, even unconfirmed and withdrawn ones. */
  consents: z.int(),
});
/** Row of the list of disclosures: the latest version, or the draft of a first one. */
export type DisclosureListItem = z.infer<typeof DisclosureListItem>;

/**
 * Lists the disclosures of the actor's sellers that are not archived, latest changed first. An organization
 * has dozens, not thousands.
 */
export const listDisclosures = query({
  name: "listDisclosures",
  action: "disclosure.read",
  run: async (ctx): Promise<DisclosureListItem[]> => {
    const rows = await readRows(ctx);
    return rows.filter(({ terms }) => canSeeSeller(ctx.actor, terms.seller));
  },
  audit: "none",
});

const readRows = ({ db, organizationId, actor }: TransactionContext) => {
  const sellers = visibleSellerIds(actor);
  return selectRows(
    { db },
    DisclosureListItem,
    sql`
    WITH latest AS (
      SELECT DISTINCT ON (id) id, version, language, terms, created_at FROM disclosure
      WHERE organization_id = ${organizationId}::uuid AND terms IS NOT NULL
      ORDER BY id, version DESC
    ), draft AS (
      SELECT id, language, terms, updated_at FROM disclosure_draft
      WHERE organization_id = ${organizationId}::uuid
    )
    SELECT id, coalesce(latest.version, 0) AS version, draft.terms IS NOT NULL AS "hasDraft",
      coalesce(latest.language, draft.language) AS language,
      coalesce(latest.terms, draft.terms) AS terms,
      greatest(latest.created_at, draft.updated_at) AS "changedAt",
      (SELECT count(DISTINCT consent_id)::int FROM consent_event
        WHERE organization_id = ${organizationId}::uuid
          AND disclosure_id = coalesce(latest.id, draft.id)
          AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))) AS consents
    FROM latest FULL JOIN draft USING (id)
    WHERE NOT EXISTS (SELECT FROM disclosure_archive AS archive
      WHERE organization_id = ${organizationId}::uuid
        AND archive.id = coalesce(latest.id, draft.id))
    ORDER BY "changedAt" DESC, id`,
  );
};

export type DisclosureVersion = PublishedDisclosure & {
  publishedAt: Date;
  by: NamedActor | null;
  /** SHA-256 of the text, in hex. */
  sha256: string;
};

export type DisclosureView = {
  id: DisclosureId;
  draft: { language: string; text: string; terms: DisclosureTerms; updatedAt: Date } | null;
  /** Latest first. */
  versions: readonly DisclosureVersion[];
  /** Null unless it is archived. */
  archived: Archival | null;
};

/**
 * Reads a disclosure, even an archived one, with its draft and all versions of sellers that the actor works
 * for.
 */
export const readDisclosure = query({
  name: "readDisclosure",
  action: "disclosure.read",
  input: DisclosureId,
  run: async (ctx, id): Promise<DisclosureView> => {
    const { db, organizationId } = ctx;
    const isSeen = ({ terms }: { terms: unknown }) =>
      canSeeSeller(ctx.actor, DisclosureTerms.parse(terms).seller);
    const allDrafts = await db.disclosureDraft.findMany({ where: { organizationId, id } });
    const drafts = allDrafts.filter(isSeen);
    const all = await db.disclosure.findMany({
      where: { organizationId, id },
      orderBy: { version: "desc" },
    });
    const rows = all.filter((row) => row.terms !== null && isSeen(row));
    if (drafts.length + rows.length === 0) {
      throw new ServiceError("not-found", { key: "disclosure.not-found" });
    }
    const nameActor = await loadActorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    const draft = drafts[0] && {
      language: drafts[0].language,
      text: drafts[0].text,
      terms: DisclosureTerms.parse(drafts[0].terms),
      updatedAt: drafts[0].updatedAt,
    };
    const archive = await db.disclosureArchive.findFirst({ where: { organizationId, id } });
    const findArchived = await readArchived(ctx, archive ? [archive] : []);
    return {
      id,
      archived: archive && findArchived(archive),
      draft: draft ?? null,
      versions: rows.map(({ version, language, text, terms, ...row }) => ({
        ...toPublishedDisclosure({ id, version, language, text, terms }),
        publishedAt: row.createdAt,
        by: nameActor(row.actor),
        sha256: Buffer.from(row.sha256).toString("hex"),
      })),
    };
  },
  audit: "none",
});

import { query } from "../../platform/verb.ts";
import { DisclosureTerms, type PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { DisclosureId } from "@ringfence/core/ids";
import { actorNames, type NamedActor } from "../../platform/access/actor-names.ts";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import { type Archived, readArchived } from "../../platform/archive/archived-item.ts";
import { ServiceError } from "../../platform/errors.ts";
import { publishedOf } from "./published-disclosures.ts";

export type DisclosureVersion = PublishedDisclosure & {
  publishedAt: Date;
  by: NamedActor | null;
  /** SHA-256 of the text, in hex. */
  sha256: string;
};

export type DisclosureSeen = {
  id: DisclosureId;
  draft: { language: string; text: string; terms: DisclosureTerms; updatedAt: Date } | null;
  /** The latest first. */
  versions: readonly DisclosureVersion[];
  /** Null while it is in use. */
  archived: Archived | null;
};

/**
 * A disclosure with all its versions and the draft of the next, an archived one too, as far as they ask leave
 * for sellers of the actor.
 */
export const readDisclosure = query({
  name: "readDisclosure",
  action: "disclosure.read",
  input: DisclosureId,
  run: async (ctx, id): Promise<DisclosureSeen> => {
    const { db, organizationId } = ctx;
    const isSeen = ({ terms }: { terms: unknown }) =>
      seesSeller(ctx.actor, DisclosureTerms.parse(terms).seller);
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
    const nameOf = await actorNames(
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
        ...publishedOf({ id, version, language, text, terms }),
        publishedAt: row.createdAt,
        by: nameOf(row.actor),
        sha256: Buffer.from(row.sha256).toString("hex"),
      })),
    };
  },
  audit: "by run",
});

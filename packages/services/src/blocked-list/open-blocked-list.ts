import { BlockedEditionId } from "@ringfence/core/ids";
import { CHANGES_KEPT } from "@ringfence/core/blocked-list";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { type FileContext, inTransaction } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { blockedChangesFile, blockedListFile } from "../files/file-name.ts";

/** `known`: the SHA-256 of what the caller has already; `edition`: whose changes, else the whole of the last. */
type Asked = { known?: (sha256: string) => boolean; edition?: number };

export type OpenBlockedList = {
  edition: number;
  sha256: string;
  /** Null where the caller has it already. */
  content: AsyncIterable<Uint8Array> | null;
};

/** The last edition of the blocked list as a file, or what an edition changed. Who takes numbers is on record. */
export async function openBlockedList(
  ctx: FileContext,
  { known, edition }: Asked = {},
): Promise<OpenBlockedList> {
  allow(ctx, "blocked-list.read");

  const { files, organizationId } = ctx;
  return inTransaction(ctx, async (ctx) => {
    const { db } = ctx;
    const last = await db.blockedEdition.findFirst({
      where: { organizationId },
      orderBy: { number: "desc" },
    });
    if (last === null) throw new ServiceError("not-found", { key: "blocked-list.none" });
    const row =
      edition === undefined
        ? last
        : await db.blockedEdition.findFirst({ where: { organizationId, number: edition } });
    if (row === null || row.number <= last.number - CHANGES_KEPT) {
      throw new ServiceError("not-found", { key: "blocked-list.gone" });
    }
    const { number, sha256 } = row;
    if (known?.(sha256) === true) return { edition: number, sha256, content: null };
    const part = edition === undefined ? "whole" : "changes";
    await appendAudit(ctx, "blocked-list.read", { edition: number, part });
    const file = part === "whole" ? blockedListFile : blockedChangesFile;
    const content = files.read(file(organizationId, BlockedEditionId.parse(row.id)));
    return { edition: number, sha256, content };
  });
}

import { BlockedEditionId } from "@ringfence/core/ids";
import { CHANGES_KEPT } from "@ringfence/core/do-not-call/blocked-list";
import {
  type FileContext,
  ServiceError,
  allow,
  appendAudit,
  blockedChangesFile,
  blockedListFile,
  inTransaction,
  visibleSellerIds,
} from "../../platform/internal.ts";

/**
 * `known` says whether the caller has a file of that SHA-256 already; `edition` asks for its changes
 * instead of the whole last list.
 */
type OpenOptions = { known?: (sha256: string) => boolean; edition?: number };

export type OpenBlockedList = {
  edition: number;
  sha256: string;
  /** Null if the caller has it already. */
  content: AsyncIterable<Uint8Array> | null;
};

/**
 * Opens the last edition of the blocked list as a file, or the changes of an edition. Records who takes the
 * numbers.
 */
export async function openBlockedList(
  ctx: FileContext,
  { known, edition }: OpenOptions = {},
): Promise<OpenBlockedList> {
  allow(ctx, "blocked-list.read");
  // The file names every seller that somebody opted out of.
  if (visibleSellerIds(ctx.actor) !== null) {
    throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
  }

  const { files, organizationId } = ctx;
  return inTransaction(ctx, async (ctx) => {
    const { db } = ctx;
    const none = new ServiceError("not-found", { key: "blocked-list.none" });
    // Once the list is turned off, its last edition must not be taken for the current one.
    if ((await db.blockedList.findFirst({ where: { organizationId } })) === null) throw none;
    const last = await db.blockedEdition.findFirst({
      where: { organizationId },
      orderBy: { number: "desc" },
    });
    if (last === null) throw none;
    const row =
      edition === undefined
        ? last
        : await db.blockedEdition.findFirst({ where: { organizationId, number: edition } });
    const gone = new ServiceError("not-found", { key: "blocked-list.gone" });
    if (row === null || row.number <= last.number - CHANGES_KEPT) throw gone;
    const { number, sha256 } = row;
    const part = edition === undefined ? "whole" : "changes";
    const toFileName = part === "whole" ? blockedListFile : blockedChangesFile;
    const file = toFileName(organizationId, BlockedEditionId.parse(row.id));
    // The file was erased, because the list was turned off in between.
    if (!(await files.has(file))) throw part === "whole" ? none : gone;
    if (known?.(sha256) === true) return { edition: number, sha256, content: null };
    await appendAudit(ctx, "blocked-list.read", { edition: number, part });
    return { edition: number, sha256, content: files.read(file) };
  });
}

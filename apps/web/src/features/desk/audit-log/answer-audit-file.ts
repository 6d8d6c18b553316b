import "server-only";
import { AuditEntryId } from "@ringfence/core/ids";
import { type AuditView, listAudit } from "@ringfence/services/desk/audit-log";
import { getTranslations } from "next-intl/server";
import { answerExport } from "@/server/answer-member";
import type { ReadPage } from "@/server/downloads";
import { openSearch } from "@/server/sealed-search";
import { loadAuditQuery, toCriteria } from "./audit-query";

/** Answers with a file of the entries that the filters in the address match. `toFile` writes the pages. */
export const answerAuditFile = (
  request: Request,
  toFile: (readEntries: ReadPage<AuditView>) => Promise<Response>,
) =>
  answerExport(request, "audit", async (ctx) => {
    const { filters } = await loadAuditQuery(request);
    const { search, isOver } = await openSearch(filters.find);
    if (isOver) {
      // Without this, a file of all entries would pass for those of one person.
      const t = await getTranslations("audit");
      return Response.json({ message: t("searchOver"), path: null }, { status: 400 });
    }
    const criteria = { ...toCriteria(filters, search, ctx.member.zone), limit: 200 };
    return toFile(async (after) => {
      const page = { ...criteria, after: AuditEntryId.safeParse(after).data };
      const { items, next } = await listAudit(ctx, { ...page, isFile: true });
      return { rows: items, next };
    });
  });

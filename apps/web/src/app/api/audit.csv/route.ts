import { isAction } from "@ringfence/core/platform/access";
import { AuditEntryId } from "@ringfence/core/ids";
import { type AuditView, listAudit } from "@ringfence/services/desk/audit-log";
import { getTranslations } from "next-intl/server";
import { loadAuditQuery } from "@/features/desk/audit-log/audit-query";
import { answerExport } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";
import { openSearch } from "@/server/sealed-search";

export const POST = (request: Request) =>
  answerExport(request, "audit", async (ctx) => {
    const t = await getTranslations("audit");
    const actions = await getTranslations("audit.actions");
    const {
      filters: { find, kind, who },
    } = await loadAuditQuery(request);
    const { search, isOver } = await openSearch(find);
    // Without this, a file of all entries would pass for those of one person.
    if (isOver) return Response.json({ message: t("searchOver"), path: null }, { status: 400 });
    const criteria = {
      search: search ?? undefined,
      kind: kind ?? undefined,
      memberId: who ?? undefined,
      limit: 200,
    };
    return listAttachment<AuditView>(
      "audit.csv",
      [
        [t("at", { zone: "UTC" }), ({ at }) => at],
        [t("who"), ({ by }) => by?.name ?? by?.type ?? null],
        [t("did"), ({ action }) => (isAction(action) ? actions(action) : action)],
        ["action", ({ action }) => action],
        [t("whose"), ({ phone }) => phone && (phone.number ?? t("erased"))],
        [t("reason"), ({ reason }) => reason],
        [t("details"), ({ details }) => JSON.stringify(details)],
      ],
      async (after) => {
        const page = { ...criteria, after: AuditEntryId.safeParse(after).data };
        const { items, next } = await listAudit(ctx, { ...page, isFile: true });
        return { rows: items, next };
      },
    );
  });

import { isAction } from "@ringfence/core/platform/access";
import type { AuditView } from "@ringfence/services/desk/audit-log";
import { getTranslations } from "next-intl/server";
import { answerAuditFile } from "@/features/desk/audit-log/answer-audit-file";
import { listAttachment } from "@/server/downloads";

export const POST = (request: Request) =>
  answerAuditFile(request, async (readEntries) => {
    const t = await getTranslations("audit");
    const actions = await getTranslations("audit.actions");
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
      readEntries,
    );
  });

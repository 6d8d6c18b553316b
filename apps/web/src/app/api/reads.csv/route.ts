import { type PersonRead, listReads } from "@ringfence/services/desk/audit-log";
import { getTranslations } from "next-intl/server";
import { loadReadsQuery } from "@/features/desk/audit-log/reads-query";
import { answerExport } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

export const POST = (request: Request) =>
  answerExport(request, "audit", async (ctx) => {
    const t = await getTranslations("reads");
    const { reader, span } = await loadReadsQuery(request, ctx.member.zone, new Date());
    const { from, until } = span;
    if (reader === null || from === undefined || until === undefined)
      return Response.json({ message: t("choose"), path: null }, { status: 400 });
    return listAttachment<PersonRead>(
      "reads.csv",
      [
        [t("whose"), ({ phoneId, number }) => phoneId && (number ?? t("erased"))],
        [t("contact"), ({ name, contactId }) => name ?? contactId],
        [t("times"), ({ times }) => times],
        [t("first", { zone: "UTC" }), ({ first }) => first],
        [t("last", { zone: "UTC" }), ({ last }) => last],
        [t("what"), ({ actions }) => actions.join(" ")],
      ],
      async (after) => {
        const page = { actor: reader, from, until, after: after ?? undefined, limit: 200 };
        const { people, next } = await listReads(ctx, page);
        return { rows: people, next };
      },
    );
  });

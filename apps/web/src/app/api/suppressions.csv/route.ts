import { SuppressionId } from "@ringfence/core/ids";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { listSuppressions } from "@ringfence/services/do-not-call/suppression";
import { getTranslations } from "next-intl/server";
import { answerExport } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

type Suppression = Awaited<ReturnType<typeof listSuppressions>>["items"][number];

export const POST = (request: Request) =>
  answerExport(request, "suppressions", async (ctx) => {
    const [t, reasons] = await Promise.all([
      getTranslations("suppressions"),
      getTranslations("suppressions.reasons"),
    ]);
    const query = new URL(request.url).searchParams;
    const reason = SuppressionReason.safeParse(query.get("reason")).data;
    const look = { reason, ended: query.get("show") === "all", limit: 200 };
    return listAttachment<Suppression>(
      "suppressions.csv",
      [
        [t("phone"), ({ phone }) => phone],
        [t("reason"), (row) => reasons(row.reason)],
        [t("since", { zone: "UTC" }), ({ at }) => at],
        [t("until", { zone: "UTC" }), ({ until }) => until],
        [t("recorded", { zone: "UTC" }), ({ recordedAt }) => recordedAt],
      ],
      async (after) => {
        const page = { ...look, after: SuppressionId.safeParse(after).data };
        const { items, next } = await listSuppressions(ctx, page);
        return { rows: items, next };
      },
    );
  });

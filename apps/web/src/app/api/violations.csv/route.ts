import { ViolationId } from "@ringfence/core/ids";
import { ViolationStatus } from "@ringfence/core/calling/violation";
import { type ViolationView, listViolations } from "@ringfence/services/calling/violation";
import { getTranslations } from "next-intl/server";
import { answerExport } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

export const POST = (request: Request) =>
  answerExport(request, "violations", async (ctx) => {
    const [t, causes, statuses] = await Promise.all([
      getTranslations("violations"),
      getTranslations("violations.causes"),
      getTranslations("status"),
    ]);
    const given = new URL(request.url).searchParams.get("status");
    const status = ViolationStatus.safeParse(given).data ?? "open";
    return listAttachment<ViolationView>(
      "violations.csv",
      [
        [t("id"), ({ id }) => id],
        [t("what"), (row) => row.causes.map(({ cause }) => causes(cause)).join("; ")],
        [t("severity"), ({ severity }) => statuses(severity)],
        [t("whose"), ({ call, campaign }) => call?.phone ?? campaign],
        [t("at", { zone: "UTC" }), ({ at }) => at],
        [t("due", { zone: "UTC" }), ({ dueAt }) => dueAt],
        [t("owner"), ({ owner }) => owner?.name ?? null],
        [t("closed", { zone: "UTC" }), ({ closedAt }) => closedAt],
      ],
      async (after) => {
        const page = { status, after: ViolationId.safeParse(after).data, limit: 200 };
        const { items, next } = await listViolations(ctx, page);
        return { rows: items, next };
      },
    );
  });

import { ScrubId } from "@ringfence/core/ids";
import { type ScrubView, listScrubs } from "@ringfence/services/calling/scrub";
import { getTranslations } from "next-intl/server";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

export const GET = (request: Request) =>
  answerMember(request, async (ctx) => {
    const [t, status] = await Promise.all([getTranslations("scrubs"), getTranslations("status")]);
    return listAttachment<ScrubView>(
      "scrubs.csv",
      [
        [t("id"), ({ id }) => id],
        [t("file"), ({ fileName }) => fileName],
        [t("status"), (scrub) => status(scrub.status)],
        [t("rows"), ({ rows }) => rows],
        [t("allowed"), ({ counts }) => counts?.allow ?? null],
        [t("refused"), ({ counts }) => counts?.refuse ?? null],
        [t("by"), ({ by }) => by],
        [t("begun", { zone: "UTC" }), ({ createdAt }) => createdAt],
        [t("ended", { zone: "UTC" }), ({ endedAt }) => endedAt],
      ],
      async (after) => {
        const page = { after: ScrubId.safeParse(after).data, limit: 100 };
        const { scrubs, next } = await listScrubs(ctx, page);
        return { rows: scrubs, next };
      },
    );
  });

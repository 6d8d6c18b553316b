import type { HandedOver } from "@ringfence/core/audience/campaign";
import { CampaignId } from "@ringfence/core/ids";
import { exportCalls } from "@ringfence/services/audience/campaign";
import { getTranslations } from "next-intl/server";
import { answerReasoned } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

type Context = RouteContext<"/api/campaigns/[campaignId]/calls.csv">;

/**
 * Downloads the people whom a campaign may call, each with a permit and its end. The reason goes on
 * record.
 */
export const POST = (request: Request, { params }: Context) =>
  answerReasoned(request, async (ctx, reason) => {
    const campaignId = CampaignId.safeParse((await params).campaignId);
    if (!campaignId.success) return new Response(null, { status: 404 });
    const { page } = await exportCalls(ctx, { campaignId: campaignId.data, reason });
    const t = await getTranslations("campaignFile");
    return listAttachment<HandedOver["items"][number]>(
      "calls.csv",
      [
        [t("phone"), ({ phone }) => phone],
        [t("permit"), ({ permit }) => permit],
        [t("expiresAt"), ({ expiresAt }) => expiresAt.toISOString()],
        [t("screening"), ({ screening }) => screening],
        [t("contact"), ({ contact }) => contact],
        [t("offer"), ({ offer }) => offer.name],
        [t("language"), ({ language }) => language],
        [t("script"), ({ script }) => script],
      ],
      async (after) => paged(await page(after ?? undefined)),
    );
  });

const paged = ({ items, next }: HandedOver) => ({ rows: items, next });

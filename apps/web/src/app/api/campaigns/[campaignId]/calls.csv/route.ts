import { ExportCalls, type HandedOver } from "@ringfence/core/campaign";
import { faultsOf, say } from "@ringfence/core/message";
import { exportCalls } from "@ringfence/services/campaign";
import { getTranslations } from "next-intl/server";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/attachment";
import { isSameOrigin } from "@/server/same-origin";

type Context = RouteContext<"/api/campaigns/[campaignId]/calls.csv">;

/** Whom a campaign may call, each with its permit and when that ends, for a reason that goes on record. */
export function POST(request: Request, { params }: Context) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const form = await request.formData();
    const given = { ...(await params), reason: form.get("reason") ?? undefined };
    const asked = ExportCalls.safeParse(given);
    if (!asked.success) {
      const [fault] = faultsOf(asked.error, given);
      const message = fault && say(ctx.member.locale, fault.message);
      return Response.json({ message, path: fault?.path }, { status: 400 });
    }
    const { page } = await exportCalls(ctx, asked.data);
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
}

const paged = ({ items, next }: HandedOver) => ({ rows: items, next });

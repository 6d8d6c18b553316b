import { optOutByLink } from "@ringfence/services/do-not-call/stop-page";
import { typedText } from "@/components/typed-text";
import { parseScope } from "@/features/do-not-call/stop-page/scope";
import { answerPublic, formTooLarge, redirectWithGet, parseSmallForm } from "@/server/public-form";
import { addRequestedLanguage } from "@/server/request-path";
import { loadStopLink } from "@/server/public-stop";

type Refuse = RouteContext<"/s/[link]/refuse">;

/**
 * Records an opt-out from the link alone. It comes from the page of the link, or from the unsubscribe
 * button of a mail program (RFC 8058), which expects no page.
 */
export const POST = (request: Request, { params }: Refuse) =>
  answerPublic(async () => {
    const data = await parseSmallForm(request);
    if (data === null) return formTooLarge();
    const isMail = typedText(data, "List-Unsubscribe") === "One-Click";
    const scope = data.has("whole") || isMail ? {} : parseScope(typedText(data, "scope"));
    const ctx = await loadStopLink((await params).link);
    const { receipt } = await optOutByLink(ctx, { scope, channel: isMail ? "email" : "web" });
    if (isMail) return new Response(null, { status: 200 });
    return redirectWithGet(await addRequestedLanguage(`/r/${receipt}`));
  });

export const GET = async (_: Request, { params }: Refuse) =>
  redirectWithGet(await addRequestedLanguage(`/s/${(await params).link}`));

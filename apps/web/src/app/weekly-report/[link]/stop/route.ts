import { stopReports } from "@ringfence/services/desk/report";
import { typedText } from "@/components/typed-text";
import { answerPublic, formTooLarge, parseSmallForm, redirectWithGet } from "@/server/public-form";
import { addRequestedLanguage } from "@/server/request-path";
import { loadReportLink } from "@/server/report-link";

type Stop = RouteContext<"/weekly-report/[link]/stop">;

/**
 * Stops the weekly report of the member whose link it is. It comes from the page of the link, or from the unsubscribe
 * button of a mail program (RFC 8058), which expects no page.
 */
export const POST = (request: Request, { params }: Stop) =>
  answerPublic(async () => {
    const data = await parseSmallForm(request);
    if (data === null) return formTooLarge("weekly report");
    const { link } = await params;
    const { ctx, memberId } = await loadReportLink(link);
    await stopReports(ctx, memberId);
    const isMail = typedText(data, "List-Unsubscribe") === "One-Click";
    if (isMail) return new Response(null, { status: 200 });
    return redirectWithGet(await addRequestedLanguage(`/weekly-report/${link}`));
  }, "weekly report");

export const GET = async (_: Request, { params }: Stop) =>
  redirectWithGet(await addRequestedLanguage(`/weekly-report/${(await params).link}`));

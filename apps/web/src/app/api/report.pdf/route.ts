import { printReport } from "@ringfence/services/desk/report";
import { answerMember } from "@/server/answer-member";
import { fontFolder, toFileResponse } from "@/server/downloads";

/** The weekly report as a PDF, in the member's language and time zone. */
export const GET = (request: Request) =>
  answerMember(request, async (ctx) => {
    const { locale, zone } = ctx.member;
    const pdf = await printReport(ctx, { locale, zone, fontFolder });
    return toFileResponse("weekly-report.pdf", "application/pdf", Uint8Array.from(pdf));
  });

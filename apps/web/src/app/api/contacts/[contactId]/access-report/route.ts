import { MakeAccessReport } from "@ringfence/core/desk/access-report";
import { makeAccessReport } from "@ringfence/services/desk/access-report";
import { answerForm } from "@/server/answer-member";
import { fontFolder, toFileResponse } from "@/server/downloads";

/**
 * The access report of a contact. The query may have the `format` (`json` or `pdf`) and the `language`; with
 * `holds=yes` the report mentions legal holds.
 */
export const POST = (
  request: Request,
  { params }: RouteContext<"/api/contacts/[contactId]/access-report">,
) =>
  answerForm(request, async (ctx) => {
    const { searchParams } = new URL(request.url);
    const asked = MakeAccessReport.safeParse({
      contactId: (await params).contactId,
      format: searchParams.get("format") ?? "json",
      locale: searchParams.get("language") ?? "en",
      tellsHolds: searchParams.get("holds") === "yes",
    });
    if (!asked.success) return new Response(null, { status: 404 });
    const { name, type, content } = await makeAccessReport(ctx, { ...asked.data, fontFolder });
    return toFileResponse(name, type, Uint8Array.from(content));
  });

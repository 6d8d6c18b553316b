import { MakePortableCopy } from "@ringfence/core/desk/access-report";
import { makePortableCopy } from "@ringfence/services/desk/access-report";
import { answerForm } from "@/server/answer-member";
import { toFileResponse } from "@/server/downloads";

/** A copy of what a contact provided, as a ZIP. The query has the `language`. */
export const POST = (
  request: Request,
  { params }: RouteContext<"/api/contacts/[contactId]/portable-copy">,
) =>
  answerForm(request, async (ctx) => {
    const asked = MakePortableCopy.safeParse({
      contactId: (await params).contactId,
      locale: new URL(request.url).searchParams.get("language") ?? "en",
    });
    if (!asked.success) return new Response(null, { status: 404 });
    const { name, zip } = await makePortableCopy(ctx, asked.data);
    return toFileResponse(name, "application/zip", Uint8Array.from(zip));
  });

import { ReassignedQueryId } from "@ringfence/core/ids";
import { loadAnswers } from "@ringfence/services/reassigned";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { fileNameIn } from "@/server/file-name-in";
import { isSameOrigin } from "@/server/same-origin";

/** Takes what the database answered, as it comes; the name of the file stands in a header. */
export function POST(
  request: Request,
  { params }: RouteContext<"/api/reassigned/[queryId]/answers">,
) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const queryId = ReassignedQueryId.safeParse((await params).queryId);
    if (!queryId.success) return new Response(null, { status: 404 });
    const fileName = fileNameIn(request.headers);
    const content = request.body ?? new Blob().stream();
    const loaded = await loadAnswers(ctx, { queryId: queryId.data, fileName, content });
    return Response.json(loaded, { status: 201 });
  });
}

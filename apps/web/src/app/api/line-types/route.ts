import { loadLineTypes } from "@ringfence/services/reassigned";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { fileNameIn } from "@/server/file-name-in";
import { isSameOrigin } from "@/server/same-origin";

/** Takes on what lines numbers are, as the file comes; its name stands in a header. */
export function POST(request: Request) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const fileName = fileNameIn(request.headers);
    const content = request.body ?? new Blob().stream();
    const loaded = await loadLineTypes(ctx, { fileName, content });
    // Nothing new has an id: it is the organization's own numbers that are told of.
    return Response.json({ id: ctx.organizationId, ...loaded }, { status: 201 });
  });
}

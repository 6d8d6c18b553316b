import { RegistryId } from "@ringfence/core/ids";
import { uploadEdition } from "@ringfence/services/registry";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { fileNameIn } from "@/server/file-name-in";
import { isSameOrigin } from "@/server/same-origin";

/** Takes the files of a registry as they come, of any size; the name stands in a header. */
export function POST(
  request: Request,
  { params }: RouteContext<"/api/registries/[registryId]/files">,
) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const registryId = RegistryId.safeParse((await params).registryId);
    if (!registryId.success) return new Response(null, { status: 404 });
    const fileName = fileNameIn(request.headers);
    const content = request.body ?? new Blob().stream();
    const { runId } = await uploadEdition(ctx, { registryId: registryId.data, fileName, content });
    return Response.json({ id: runId }, { status: 201 });
  });
}

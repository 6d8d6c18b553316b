import { ImportKind } from "@ringfence/core/import";
import { uploadImport } from "@ringfence/services/import";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { fileNameIn } from "@/server/file-name-in";
import { isSameOrigin } from "@/server/same-origin";

/** Takes a file as it comes, of any size; its name stands in a header, for people choose it. */
export function POST(request: Request) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const kind = ImportKind.safeParse(new URL(request.url).searchParams.get("kind"));
    if (!kind.success) return new Response(null, { status: 400 });
    const fileName = fileNameIn(request.headers);
    const content = request.body ?? new Blob().stream();
    const { id } = await uploadImport(ctx, { kind: kind.data, fileName, content });
    return Response.json({ id }, { status: 201 });
  });
}

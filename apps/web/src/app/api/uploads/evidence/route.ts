import { EvidenceFileKind } from "@ringfence/core/consents/evidence";
import { uploadEvidenceFile } from "@ringfence/services/consents/evidence";
import { receiveUpload } from "@/server/receive-upload";

/** Receives a recording or scan that proves a consent or a withdrawal. */
export const POST = (request: Request) =>
  receiveUpload(request, async (ctx, { content }) => {
    const kind = EvidenceFileKind.safeParse(new URL(request.url).searchParams.get("kind"));
    if (!kind.success) return new Response(null, { status: 400 });
    const { id } = await uploadEvidenceFile(ctx, { kind: kind.data, content });
    return Response.json({ id }, { status: 201 });
  });

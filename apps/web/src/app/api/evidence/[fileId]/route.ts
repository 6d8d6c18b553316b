import { findFileExtension } from "@ringfence/core/consents/evidence";
import { EvidenceFileId } from "@ringfence/core/ids";
import { readEvidenceFile } from "@ringfence/services/consents/evidence";
import { answerMember } from "@/server/answer-member";
import { attachment } from "@/server/downloads";

/** Returns a recording or scan exactly as it was uploaded. Each download is audited. */
export const GET = (request: Request, { params }: RouteContext<"/api/evidence/[fileId]">) =>
  answerMember(request, async (ctx) => {
    const fileId = EvidenceFileId.safeParse((await params).fileId);
    if (!fileId.success) return new Response(null, { status: 404 });

    const { mediaType, content } = await readEvidenceFile(ctx, fileId.data);
    const name = `evidence-${fileId.data}.${findFileExtension(mediaType)}`;
    return attachment(name, content, mediaType);
  });

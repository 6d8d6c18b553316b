import { ImportId } from "@ringfence/core/ids";
import { readRemarkedRows } from "@ringfence/services/desk/import";
import { answerMember } from "@/server/answer-member";
import { attachment } from "@/server/downloads";

/** Downloads the rows to fix, unchanged, each with a remark. */
export const GET = (
  request: Request,
  { params }: RouteContext<"/api/imports/[importId]/remarks">,
) =>
  answerMember(request, async (ctx) => {
    const importId = ImportId.safeParse((await params).importId);
    if (!importId.success) return new Response(null, { status: 404 });

    const { fileName, content } = await readRemarkedRows(ctx, importId.data);
    return attachment(`${fileName.replace(/\.[^.]+$/, "")}-to-fix.csv`, content);
  });

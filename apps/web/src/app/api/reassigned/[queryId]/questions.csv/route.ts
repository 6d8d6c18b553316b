import { ReassignedQueryId } from "@ringfence/core/ids";
import { exportQueryFile } from "@ringfence/services/do-not-call/reassigned";
import { z } from "zod";
import { answerExport } from "@/server/answer-member";
import { attachment, encodePages } from "@/server/downloads";

const File = z.coerce.number().int().min(1).default(1);

/** Downloads one file of a query, ready to upload to the reassigned numbers database. */
export const POST = (
  request: Request,
  { params }: RouteContext<"/api/reassigned/[queryId]/questions.csv">,
) =>
  answerExport(request, "reassigned-query", async (ctx) => {
    const queryId = ReassignedQueryId.safeParse((await params).queryId);
    const file = File.safeParse(new URL(request.url).searchParams.get("file") ?? undefined);
    if (!queryId.success || !file.success) return new Response(null, { status: 404 });

    const pages = await exportQueryFile(ctx, { queryId: queryId.data, file: file.data });
    return attachment(`reassigned-query-${file.data}.csv`, encodePages(pages));
  });

import { ReassignedQueryId } from "@ringfence/core/ids";
import { importReassignedAnswers } from "@ringfence/services/do-not-call/reassigned";
import { receiveUpload } from "@/server/receive-upload";

/** Receives the answers of a reassigned numbers database to a query. */
export const POST = (
  request: Request,
  { params }: RouteContext<"/api/uploads/reassigned/[queryId]">,
) =>
  receiveUpload(request, async (ctx, file) => {
    const queryId = ReassignedQueryId.safeParse((await params).queryId);
    if (!queryId.success) return new Response(null, { status: 404 });
    const loaded = await importReassignedAnswers(ctx, { ...file, queryId: queryId.data });
    return Response.json(loaded, { status: 201 });
  });

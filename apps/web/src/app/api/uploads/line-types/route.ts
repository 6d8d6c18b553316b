import { loadLineTypes } from "@ringfence/services/reassigned";
import { receiveUpload } from "@/server/receive-upload";

/** Takes on what lines numbers are. */
export const POST = (request: Request) =>
  receiveUpload(request, async (ctx, file) => {
    const loaded = await loadLineTypes(ctx, file);
    // Nothing new has an id: it is the organization's own numbers that are told of.
    return Response.json({ id: ctx.organizationId, ...loaded }, { status: 201 });
  });

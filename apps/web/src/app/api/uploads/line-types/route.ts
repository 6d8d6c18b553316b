import { importLineTypes } from "@ringfence/services/do-not-call/reassigned";
import { receiveUpload } from "@/server/receive-upload";

/** Receives a file that says which numbers are mobile and which are landlines. */
export const POST = (request: Request) =>
  receiveUpload(request, async (ctx, file) => {
    const loaded = await importLineTypes(ctx, file);
    // Nothing new gets an id, because the file describes numbers that the organization already has.
    return Response.json({ id: ctx.organizationId, ...loaded }, { status: 201 });
  });

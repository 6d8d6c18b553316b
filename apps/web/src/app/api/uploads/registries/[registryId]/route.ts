import { RegistryId } from "@ringfence/core/ids";
import { uploadEdition } from "@ringfence/services/do-not-call/registry";
import { receiveUpload } from "@/server/receive-upload";

/** Receives the files of a registry. */
export const POST = (
  request: Request,
  { params }: RouteContext<"/api/uploads/registries/[registryId]">,
) =>
  receiveUpload(request, async (ctx, file) => {
    const registryId = RegistryId.safeParse((await params).registryId);
    if (!registryId.success) return new Response(null, { status: 404 });
    const { runId } = await uploadEdition(ctx, { ...file, registryId: registryId.data });
    return Response.json({ id: runId }, { status: 201 });
  });

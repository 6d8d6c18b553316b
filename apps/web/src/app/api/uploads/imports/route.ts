import { ImportKind } from "@ringfence/core/desk/import";
import { uploadImport } from "@ringfence/services/desk/import";
import { receiveUpload } from "@/server/receive-upload";

/** Receives a file to import. */
export const POST = (request: Request) =>
  receiveUpload(request, async (ctx, file) => {
    const kind = ImportKind.safeParse(new URL(request.url).searchParams.get("kind"));
    if (!kind.success) return new Response(null, { status: 400 });
    const { id } = await uploadImport(ctx, { ...file, kind: kind.data });
    return Response.json({ id }, { status: 201 });
  });

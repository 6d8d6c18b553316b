import { RegulatorId } from "@ringfence/core/desk/evidence-pack";
import { ComplaintId } from "@ringfence/core/ids";
import { makeEvidencePack } from "@ringfence/services/desk/evidence-pack";
import { answerReasoned } from "@/server/answer-member";
import { fontFolder, toFileResponse, verifierFolder } from "@/server/downloads";

/**
 * The evidence pack of a complaint, once the reason is on record. `regulator` in the query names for whom it is; without
 * it the pack says nothing of what is asked for.
 */
export const POST = (
  request: Request,
  { params }: RouteContext<"/api/complaints/[complaintId]/pack">,
) =>
  answerReasoned(request, async (ctx, reason) => {
    const complaint = ComplaintId.safeParse((await params).complaintId);
    const asked = new URL(request.url).searchParams.get("regulator");
    const regulator = RegulatorId.nullable().safeParse(asked);
    if (!complaint.success || !regulator.success) return new Response(null, { status: 404 });

    const { name, zip } = await makeEvidencePack(ctx, {
      complaint: complaint.data,
      regulator: regulator.data,
      locale: ctx.member.locale,
      reason,
      fontFolder,
      verifierFolder,
    });
    return toFileResponse(name, "application/zip", Uint8Array.from(zip));
  });

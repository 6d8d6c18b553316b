import { readCertificate } from "@ringfence/services/proof/certificate";
import { z } from "zod";
import { answerMember } from "@/server/answer-member";
import { toFileResponse } from "@/server/downloads";

/** The certificate, as a file that anyone can verify. */
export const GET = (request: Request, { params }: RouteContext<"/api/certificates/[id]/json">) =>
  answerMember(request, async (ctx) => {
    const { data: id } = z.uuid().safeParse((await params).id);
    if (id === undefined) return new Response(null, { status: 404 });

    const certificate = await readCertificate(ctx, { id });
    const text = JSON.stringify(certificate, null, 2);
    return toFileResponse(`certificate-${id}.json`, "application/json", text);
  });

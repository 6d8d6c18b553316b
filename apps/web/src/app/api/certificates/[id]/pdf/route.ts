import { printCertificate } from "@ringfence/services/proof/certificate";
import { z } from "zod";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { fontFolder, toFileResponse } from "@/server/downloads";

/** The certificate as a PDF in the member's language, with the certificate itself attached. */
export const GET = (request: Request, { params }: RouteContext<"/api/certificates/[id]/pdf">) =>
  answerMember(request, async (ctx) => {
    const { data: id } = z.uuid().safeParse((await params).id);
    if (id === undefined) return new Response(null, { status: 404 });

    const { locale } = ctx.member;
    const { PUBLIC_URL: publicUrl } = env();
    const pdf = await printCertificate(ctx, { id, locale, publicUrl, fontFolder });
    return toFileResponse(`certificate-${id}.pdf`, "application/pdf", Uint8Array.from(pdf));
  });

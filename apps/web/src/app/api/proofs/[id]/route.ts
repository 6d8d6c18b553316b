import { readProof } from "@ringfence/services/proof/ledger";
import { z } from "zod";
import { answerMember } from "@/server/answer-member";
import { toFileResponse } from "@/server/downloads";

/** Downloads the proof of a statement, with a copy that `spicy-litetlog` reads. */
export const GET = (request: Request, { params }: RouteContext<"/api/proofs/[id]">) =>
  answerMember(request, async (ctx) => {
    const { data: id } = z.uuid().safeParse((await params).id);
    if (id === undefined) return new Response(null, { status: 404 });

    const text = JSON.stringify(await readProof(ctx, id), null, 2);
    return toFileResponse(`proof-${id}.json`, "application/json", text);
  });

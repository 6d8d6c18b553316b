import { readRuleSet } from "@ringfence/services/people/jurisdiction";
import { answerMember } from "@/server/answer-member";
import { toFileResponse } from "@/server/downloads";

/** Returns a rule set as canonical JSON, so that anyone can check its hash and read what judged a call. */
export const GET = (request: Request, { params }: RouteContext<"/api/rule-sets/[hash]">) =>
  answerMember(request, async (ctx) => {
    const { hash } = await params;
    if (!/^[\da-f]{64}$/.test(hash)) return new Response(null, { status: 404 });

    return toFileResponse(`rules-${hash}.json`, "application/json", await readRuleSet(ctx, hash));
  });

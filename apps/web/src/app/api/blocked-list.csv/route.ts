import { openBlockedList } from "@ringfence/services/blocked-list";
import { answerMember } from "@/server/answer-member";
import { attachment } from "@/server/attachment";

export const GET = (request: Request) =>
  answerMember(request, async (ctx) => {
    const { edition, content } = await openBlockedList(ctx);
    // It has one: the caller said of none that it is known.
    if (content === null) return new Response(null, { status: 304 });
    return attachment(`blocked-list-${edition}.csv`, content);
  });

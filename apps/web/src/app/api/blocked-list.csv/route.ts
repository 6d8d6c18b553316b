import { openBlockedList } from "@ringfence/services/do-not-call/blocked-list";
import { answerExport } from "@/server/answer-member";
import { attachment } from "@/server/downloads";

export const POST = (request: Request) =>
  answerExport(request, "blocked-list", async (ctx) => {
    const { edition, content } = await openBlockedList(ctx, {});
    // Never null here, because no known edition was named. The type does not know that.
    if (content === null) return new Response(null, { status: 304 });
    return attachment(`blocked-list-${edition}.csv`, content);
  });

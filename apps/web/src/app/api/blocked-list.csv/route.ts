import { openBlockedList } from "@ringfence/services/do-not-call/blocked-list";
import { answerExport } from "@/server/answer-export";
import { attachment } from "@/server/attachment";

export const POST = (request: Request) =>
  answerExport(request, "blocked-list", async (ctx) => {
    const { edition, content } = await openBlockedList(ctx);
    // It has one: the caller said of none that it is known.
    if (content === null) return new Response(null, { status: 304 });
    return attachment(`blocked-list-${edition}.csv`, content);
  });

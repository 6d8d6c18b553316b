import { ReassignedQueryId } from "@ringfence/core/ids";
import { writeQuery } from "@ringfence/services/reassigned";
import { z } from "zod";
import { answerMember } from "@/server/answer-member";
import { attachment } from "@/server/attachment";

const File = z.coerce.number().int().min(1).default(1);

/** One file of a query, as it is uploaded to the database. */
export const GET = (
  request: Request,
  { params }: RouteContext<"/api/reassigned/[queryId]/questions.csv">,
) =>
  answerMember(request, async (ctx) => {
    const queryId = ReassignedQueryId.safeParse((await params).queryId);
    const file = File.safeParse(new URL(request.url).searchParams.get("file") ?? undefined);
    if (!queryId.success || !file.success) return new Response(null, { status: 404 });

    const pages = await writeQuery(ctx, { queryId: queryId.data, file: file.data });
    return attachment(`reassigned-query-${file.data}.csv`, bytesOf(pages));
  });

async function* bytesOf(pages: AsyncIterable<string>) {
  const encoder = new TextEncoder();
  for await (const page of pages) yield encoder.encode(page);
}

import { exportOptOuts } from "@ringfence/services/opt-out";
import { answerMember } from "@/server/answer-member";
import { attachment } from "@/server/attachment";

export const GET = (request: Request) =>
  answerMember(request, async (ctx) =>
    attachment("opt-outs.csv", bytesOf(await exportOptOuts(ctx))),
  );

async function* bytesOf(pages: AsyncIterable<string>) {
  const encoder = new TextEncoder();
  for await (const page of pages) yield encoder.encode(page);
}

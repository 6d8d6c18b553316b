import { exportOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { answerExport } from "@/server/answer-member";
import { attachment } from "@/server/downloads";

export const POST = (request: Request) =>
  answerExport(request, "opt-outs", async (ctx) =>
    attachment("opt-outs.csv", encodePages(await exportOptOuts(ctx))),
  );

async function* encodePages(pages: AsyncIterable<string>) {
  const encoder = new TextEncoder();
  for await (const page of pages) yield encoder.encode(page);
}

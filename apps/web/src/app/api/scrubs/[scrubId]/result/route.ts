import { ScrubId } from "@ringfence/core/ids";
import { scrubResult } from "@ringfence/services/calling/scrub";
import { answerExport } from "@/server/answer-member";
import { attachment } from "@/server/downloads";

/** Downloads the scrubbed file with its four extra columns. */
export const POST = (request: Request, { params }: RouteContext<"/api/scrubs/[scrubId]/result">) =>
  answerExport(request, "scrub-result", async (ctx) => {
    const scrubId = ScrubId.safeParse((await params).scrubId);
    if (!scrubId.success) return new Response(null, { status: 404 });

    const { fileName, content } = await scrubResult(ctx, scrubId.data);
    return attachment(resultName(fileName), content);
  });

/** Turns `leads.csv` into `leads-screened.csv`. */
const resultName = (fileName: string) =>
  /\.[^.]+$/.test(fileName)
    ? fileName.replace(/\.[^.]+$/, "-screened$&")
    : `${fileName}-screened.csv`;

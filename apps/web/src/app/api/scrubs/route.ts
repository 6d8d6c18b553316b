import { faultsOf, say } from "@ringfence/core/message";
import { ScrubSettings } from "@ringfence/core/scrub";
import { startScrub } from "@ringfence/services/scrub";
import { z } from "zod";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { fileNameIn } from "@/server/file-name-in";
import { isSameOrigin } from "@/server/same-origin";

/** As the machine door takes them: in the address, which holds nothing of a person. */
const Query = ScrubSettings.extend({ header: z.stringbool() });

/** Takes a file as it comes, of any size; its name stands in a header, for people choose it. */
export function POST(request: Request) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const settings = Query.safeParse(query);
    if (!settings.success) {
      const [fault] = faultsOf(settings.error, query);
      const message = fault && say(ctx.member.locale, fault.message);
      return Response.json({ message, path: fault?.path }, { status: 400 });
    }
    const fileName = fileNameIn(request.headers);
    const content = request.body ?? new Blob().stream();
    const { id } = await startScrub(ctx, { fileName, content, settings: settings.data });
    return Response.json({ id }, { status: 201 });
  });
}

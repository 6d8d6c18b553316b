import { toFaults, say } from "@ringfence/core/platform/message";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { startScrub } from "@ringfence/services/calling/scrub";
import { z } from "zod";
import { receiveUpload } from "@/server/receive-upload";

/** Settings in the query, as in the machine API. They hold no personal data. */
const Query = ScrubSettings.extend({ header: z.stringbool() });

/** Receives a file to screen. */
export const POST = (request: Request) =>
  receiveUpload(request, async (ctx, file) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const settings = Query.safeParse(query);
    if (!settings.success) {
      const [fault] = toFaults(settings.error, query);
      const message = fault && say(ctx.member.locale, fault.message);
      return Response.json({ message, path: fault?.path }, { status: 400 });
    }
    const { id } = await startScrub(ctx, { ...file, settings: settings.data });
    return Response.json({ id }, { status: 201 });
  });

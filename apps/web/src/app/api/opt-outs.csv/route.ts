import { exportOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { answerExport } from "@/server/answer-member";
import { attachment, encodePages } from "@/server/downloads";

export const POST = (request: Request) =>
  answerExport(request, "opt-outs", async (ctx) =>
    attachment("opt-outs.csv", encodePages(await exportOptOuts(ctx))),
  );

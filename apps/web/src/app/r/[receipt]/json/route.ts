import { readReceipt } from "@ringfence/services/do-not-call/opt-out";
import { loadReceipt } from "@/server/public-stop";
import { rejectTooManyRequests } from "@/server/public-form";
import { toFileResponse } from "@/server/downloads";

/** The receipt, as a file that anyone can verify. */
export const GET = async (_: Request, { params }: RouteContext<"/r/[receipt]/json">) => {
  const refused = await rejectTooManyRequests();
  if (refused) return refused;
  const { ctx, optOutId } = await loadReceipt((await params).receipt);
  const { certificate, reference } = await readReceipt(ctx, { optOutId });
  const text = JSON.stringify(certificate, null, 2);
  return toFileResponse(`${reference}.json`, "application/json", text);
};

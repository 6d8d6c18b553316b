import { printReceipt } from "@ringfence/services/do-not-call/opt-out";
import { getLocale } from "next-intl/server";
import { env } from "@/env";
import { fontFolder, toFileResponse } from "@/server/downloads";
import { loadReceipt } from "@/server/public-stop";
import { rejectTooManyRequests } from "@/server/public-form";

/** The receipt as a PDF, with its proof attached. */
export const GET = async (_: Request, { params }: RouteContext<"/r/[receipt]/pdf">) => {
  const refused = await rejectTooManyRequests();
  if (refused) return refused;
  const { ctx, optOutId } = await loadReceipt((await params).receipt);
  const { PUBLIC_URL: publicUrl } = env();
  const locale = await getLocale();
  const pdf = await printReceipt(ctx, { optOutId, locale, publicUrl, fontFolder });
  return toFileResponse("receipt.pdf", "application/pdf", Uint8Array.from(pdf));
};

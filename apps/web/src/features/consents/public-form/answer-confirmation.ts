"use server";

import { confirmConsents, disownConsents } from "@ringfence/services/consents/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { redirect } from "next/navigation";
import { answering } from "@/server/public-form";
import { seenRequest } from "@/server/seen-request";

/** The person agrees, or says that it was not them. What came too late, the page says by itself. */
export async function answerConfirmation(link: string, data: FormData) {
  const { ctx, confirmationId } = await answering(link);
  const seen = await seenRequest();
  try {
    if (data.get("answer") === "disown") await disownConsents(ctx, { confirmationId, ...seen });
    else await confirmConsents(ctx, { confirmationId, act: "link answered", ...seen });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
  redirect(`/c/${link}`);
}

"use server";
import {
  confirmByCode,
  confirmConsents,
  disownConsents,
} from "@ringfence/services/consents/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { redirect } from "next/navigation";
import {
  loadConfirmation,
  createVisitorContext,
  isTooMany,
  readRequester,
} from "@/server/public-form";
import { ConfirmationId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";
import { addRequestedLanguage } from "@/server/request-path";
import { safePath } from "@/server/safe-path";

/** Records that the person confirms or disowns. If it is too late, the page says so. */
export async function answerConfirmation(link: string, data: FormData) {
  const { ctx, confirmationId } = await loadConfirmation(link);
  const seen = await readRequester();
  try {
    if (data.get("answer") === "disown") await disownConsents(ctx, { confirmationId, ...seen });
    else await confirmConsents(ctx, { confirmationId, act: "link answered", ...seen });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
  redirect(`/c/${link}`);
}

/** Submits the code from the message. A wrong code returns to the form. */
export async function submitCode(
  { address, reference }: { address: string; reference: string },
  data: FormData,
) {
  const receipt = await confirm(address, reference, typedText(data, "code"));
  const again = `?means=sms&ref=${encodeURIComponent(reference)}&wrong=true`;
  if (receipt === null) redirect(safePath(`/f/${address}/sent${again}`));
  redirect(safePath(await addRequestedLanguage(`/agreed/${receipt}`)));
}

/** Returns the link to the receipt; null for a wrong code, and for anything else that keeps the code from counting. */
async function confirm(address: string, reference: string, code: string): Promise<string | null> {
  const seen = await readRequester();
  const confirmationId = ConfirmationId.safeParse(reference).data;
  if (confirmationId === undefined || isTooMany(seen.ip)) return null;
  try {
    const confirmed = await confirmByCode(createVisitorContext(address), {
      confirmationId,
      code,
      ...seen,
    });
    return confirmed?.receipt ?? null;
  } catch (error) {
    // An unknown reference looks like a wrong code, so that it reveals nothing about a number.
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

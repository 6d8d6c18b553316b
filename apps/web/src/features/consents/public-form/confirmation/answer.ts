"use server";
import {
  confirmByCode,
  confirmConsents,
  disownConsents,
} from "@ringfence/services/consents/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { redirect } from "next/navigation";
import { answering, formAt } from "@/server/public-form";
import { isTooMany, seenRequest } from "@/server/seen-request";
import { ConfirmationId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";
import { inAskedLanguage } from "@/server/asked-language";
import { safePath } from "@/server/safe-path";

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

/** Takes the code that a person was sent; a wrong one brings them back. */
export async function typeCode(
  { address, reference }: { address: string; reference: string },
  data: FormData,
) {
  const receipt = await confirm(address, reference, typedText(data, "code"));
  const again = `?means=sms&ref=${encodeURIComponent(reference)}&wrong=true`;
  if (receipt === null) redirect(safePath(`/f/${address}/sent${again}`));
  redirect(safePath(await inAskedLanguage(`/agreed/${receipt}`)));
}

/** The link of the receipt; null where the code is not right. */
async function confirm(address: string, reference: string, code: string): Promise<string | null> {
  const seen = await seenRequest();
  const confirmationId = ConfirmationId.safeParse(reference).data;
  if (confirmationId === undefined || isTooMany(seen.ip)) return null;
  try {
    const confirmed = await confirmByCode(formAt(address), { confirmationId, code, ...seen });
    return confirmed?.receipt ?? null;
  } catch (error) {
    // What is not there is told like a code that is wrong: a reference says nothing about a number.
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

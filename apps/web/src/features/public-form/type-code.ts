"use server";

import { ConfirmationId } from "@ringfence/core/ids";
import { confirmByCode } from "@ringfence/services/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { formAt } from "@/server/public-form";
import { safePath } from "@/server/safe-path";
import { isTooMany, seenRequest } from "@/server/seen-request";

/** Takes the code that a person was sent; a wrong one brings them back. */
export async function typeCode(
  { address, reference }: { address: string; reference: string },
  data: FormData,
) {
  const isRight = await isConfirmed(address, reference, typedText(data, "code"));
  const again = `?means=sms&asked=true&ref=${encodeURIComponent(reference)}&wrong=true`;
  redirect(safePath(`/f/${address}/sent${isRight ? "?done=true" : again}`));
}

async function isConfirmed(address: string, reference: string, code: string): Promise<boolean> {
  const seen = await seenRequest();
  const confirmationId = ConfirmationId.safeParse(reference).data;
  if (confirmationId === undefined || isTooMany(seen.ip)) return false;
  try {
    return await confirmByCode(formAt(address), { confirmationId, code, ...seen });
  } catch (error) {
    // What is not there is told like a code that is wrong: a reference says nothing about a number.
    if (error instanceof ServiceError) return false;
    throw error;
  }
}

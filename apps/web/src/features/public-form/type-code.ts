"use server";

import { ConfirmationId } from "@ringfence/core/ids";
import { say } from "@ringfence/core/message";
import { confirmByCode } from "@ringfence/services/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { formAt } from "@/server/public-form";
import { isTooMany, seenRequest } from "@/server/seen-request";

/** Takes the code that a person was sent; gives what is wrong with it. */
export async function typeCode(
  { address, reference }: { address: string; reference: string },
  _: string | null,
  data: FormData,
): Promise<string | null> {
  const [t, locale, seen] = [
    await getTranslations("publicForm"),
    await getLocale(),
    await seenRequest(),
  ];
  const confirmationId = ConfirmationId.safeParse(reference).data;
  const code = data.get("code");
  if (confirmationId === undefined || typeof code !== "string" || isTooMany(seen.ip)) {
    return t("wrongCode");
  }
  try {
    const isRight = await confirmByCode(formAt(address), { confirmationId, code, ...seen });
    if (!isRight) return t("wrongCode");
  } catch (error) {
    // What is not there is told like a code that is wrong: a reference says nothing about a number.
    if (!(error instanceof ServiceError)) throw error;
    return error.code === "conflict" ? say(locale, error.explanation) : t("wrongCode");
  }
  redirect(`/f/${address}/sent?done=true`);
}

"use server";
import { type Message, say } from "@ringfence/core/platform/message";
import { type Taken, takeHostedSubmission } from "@ringfence/services/consents/capture-form";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { inAskedLanguage } from "@/server/asked-language";
import { formAt } from "@/server/public-form";
import { keepState } from "@/server/kept-state";
import { safePath } from "@/server/safe-path";
import { isTooMany, seenRequest } from "@/server/seen-request";

const FIELDS = ["phone", "name", "email"] as const;

/** Takes what a person sent by the form’s own page, which works without scripts. */
export async function sendHostedForm(address: string, data: FormData) {
  const taken = await take(address, data);
  if (taken.faults) {
    const given = FIELDS.map((field) => [field, typedText(data, field)] as const);
    const locale = await getLocale();
    const faults = taken.faults.map(({ path, message }) => [path, say(locale, message)] as const);
    await keepState(`/f/${address}`, {
      faults: Object.fromEntries(faults),
      given: Object.fromEntries(given),
    });
    redirect(safePath(`/f/${address}?again=true`));
  }
  const { confirmation, reference, receipt } = taken;
  if (receipt !== null) {
    const told = confirmation ? { means: confirmation.means } : {};
    redirect(safePath(await inAskedLanguage(`/agreed/${receipt}`, told)));
  }
  const means = confirmation?.means ?? "email";
  redirect(safePath(`/f/${address}/sent?means=${means}&ref=${reference}`));
}

const failed = (message: Message): Taken => ({ faults: [{ path: "", message }] });

/** Puts it on record, or says what stands against it. */
async function take(address: string, data: FormData): Promise<Taken> {
  const seen = await seenRequest();
  if (isTooMany(seen.ip)) {
    return failed({ key: "error.rate-limited", values: { limit: 60, window: 60, seconds: 60 } });
  }
  const [token, page] = [typedText(data, "token"), typedText(data, "page")];
  try {
    return await takeHostedSubmission(formAt(address), {
      token,
      page,
      fields: fieldsIn(data),
      ...seen,
    });
  } catch (error) {
    if (error instanceof ServiceError) return failed(error.explanation);
    throw error;
  }
}

const BOX = "box-";

const fieldsIn = (data: FormData) => ({
  phone: typedText(data, "phone"),
  ...(typedText(data, "name") && { name: typedText(data, "name") }),
  ...(typedText(data, "email") && { email: typedText(data, "email") }),
  ticked: [...data.keys()].flatMap((name) =>
    name.startsWith(BOX) ? [name.slice(BOX.length)] : [],
  ),
});

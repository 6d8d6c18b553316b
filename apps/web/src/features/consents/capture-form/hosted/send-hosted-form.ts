"use server";
import { type Message, say } from "@ringfence/core/platform/message";
import { type SubmissionResult, submitHostedForm } from "@ringfence/services/consents/capture-form";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { addRequestedLanguage } from "@/server/request-path";
import { createVisitorContext, isTooMany, readRequester } from "@/server/public-form";
import { saveFormState } from "@/server/public-form";
import { safePath } from "@/server/safe-path";

const FIELDS = ["phone", "name", "email"] as const;

/** Submits the hosted form, which works without scripts, and redirects: back to the form with its faults, or on to the receipt. */
export async function sendHostedForm(address: string, data: FormData) {
  const result = await submit(address, data);
  if (result.faults) {
    const given = FIELDS.map((field) => [field, typedText(data, field)] as const);
    const locale = await getLocale();
    const faults = result.faults.map(({ path, message }) => [path, say(locale, message)] as const);
    await saveFormState(`/f/${address}`, {
      faults: Object.fromEntries(faults),
      given: Object.fromEntries(given),
    });
    redirect(safePath(`/f/${address}?again=true`));
  }
  const { confirmation, reference, receipt } = result;
  if (receipt !== null) {
    const query = confirmation ? { means: confirmation.means } : {};
    redirect(safePath(await addRequestedLanguage(`/agreed/${receipt}`, query)));
  }
  const means = confirmation?.means ?? "email";
  redirect(safePath(`/f/${address}/sent?means=${means}&ref=${reference}`));
}

const toFailure = (message: Message): SubmissionResult => ({ faults: [{ path: "", message }] });

/** Records the submission, or returns its faults. */
async function submit(address: string, data: FormData): Promise<SubmissionResult> {
  const seen = await readRequester();
  if (isTooMany(seen.ip)) {
    return toFailure({ key: "error.rate-limited", values: { limit: 60, window: 60, seconds: 60 } });
  }
  const [token, page] = [typedText(data, "token"), typedText(data, "page")];
  try {
    return await submitHostedForm(createVisitorContext(address), {
      token,
      page,
      fields: readFields(data),
      ...seen,
    });
  } catch (error) {
    if (error instanceof ServiceError) return toFailure(error.explanation);
    throw error;
  }
}

const BOX = "box-";

const readFields = (data: FormData) => ({
  phone: typedText(data, "phone"),
  ...(typedText(data, "name") && { name: typedText(data, "name") }),
  ...(typedText(data, "email") && { email: typedText(data, "email") }),
  ticked: [...data.keys()].flatMap((name) =>
    name.startsWith(BOX) ? [name.slice(BOX.length)] : [],
  ),
});

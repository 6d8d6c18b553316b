"use server";

import { Submission } from "@ringfence/core/capture-form";
import { type Message, say } from "@ringfence/core/message";
import { type Taken, takeSubmission } from "@ringfence/services/capture-form";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { env } from "@/env";
import { typedText } from "@/components/typed-text";
import { formAt, type HostedForm, hostedForm } from "@/server/public-form";
import { keepState } from "@/server/kept-state";
import { safePath } from "@/server/safe-path";
import { isTooMany, seenRequest } from "@/server/seen-request";
import { shownDisclosures } from "./shown-disclosures";

const FIELDS = ["phone", "name", "email"] as const;

/** Takes what a person sent by the hosted page, which works without scripts: what it showed, we know. */
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
  const { confirmation, reference } = taken;
  const hears = confirmation
    ? `?means=${confirmation.means}&asked=${confirmation.isAsked}&ref=${reference}`
    : "";
  redirect(safePath(`/f/${address}/sent${hears}`));
}

const failed = (message: Message): Taken => ({ faults: [{ path: "", message }] });

/** Puts it on record, or says what stands against it. */
async function take(address: string, data: FormData): Promise<Taken> {
  const [form, seen] = [await hostedForm(address), await seenRequest()];
  if (isTooMany(seen.ip)) {
    return failed({ key: "error.rate-limited", values: { limit: 60, window: 60, seconds: 60 } });
  }
  const submission = await submissionOf(form, address, data);
  if (submission === null) return failed({ key: "submission.token-invalid" });
  try {
    return await takeSubmission(formAt(address), { submission, origin: null, ...seen });
  } catch (error) {
    if (error instanceof ServiceError) return failed(error.explanation);
    throw error;
  }
}

async function submissionOf(form: HostedForm, address: string, data: FormData) {
  const [t, locale] = [await getTranslations("publicForm"), await getLocale()];
  const shown = shownDisclosures(form, locale);
  const isTicked = (id: string) => data.get(`box-${id}`) !== null;
  const boxes = shown.map(({ id }) => ({
    name: `box-${id}`,
    type: "checkbox",
    isChecked: isTicked(id),
    isVisible: true,
  }));
  const fields = fieldsOf(form).map((name) => ({
    name,
    type: name === "phone" ? "tel" : name === "email" ? "email" : "text",
    isFilled: typedText(data, name) !== "",
    isVisible: true,
  }));
  const labels = fieldsOf(form).map((name) => t(name));
  const title = t("title", { seller: form.seller });
  return (
    Submission.safeParse({
      token: typedText(data, "token"),
      issuedAt: typedText(data, "issuedAt"),
      elapsedMs: 0,
      phone: typedText(data, "phone"),
      ...(typedText(data, "name") && { name: typedText(data, "name") }),
      ...(typedText(data, "email") && { email: typedText(data, "email") }),
      asked: shown.map(({ id, version, text }) => {
        return { id, version, text, wasChecked: false, isChecked: isTicked(id) };
      }),
      page: {
        url: `${env().PUBLIC_URL}/f/${address}`,
        title,
        language: locale,
        text: [title, t("lead"), ...labels, ...shown.map(({ text }) => text), t("send")].join("\n"),
        controls: [...fields, ...boxes],
        width: 0,
        height: 0,
      },
    }).data ?? null
  );
}

const fieldsOf = ({ settings }: HostedForm) =>
  FIELDS.filter((field) => field === "phone" || settings[field] !== "none");

"use server";

import { Submission } from "@ringfence/core/capture-form";
import { type Message, say } from "@ringfence/core/message";
import { takeSubmission } from "@ringfence/services/capture-form";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { env } from "@/env";
import { formAt, type HostedForm, hostedForm } from "@/server/public-form";
import { safePath } from "@/server/safe-path";
import { isTooMany, seenRequest } from "@/server/seen-request";
import { shownDisclosures } from "./shown-disclosures";

/** What was wrong, by field, and what the person had typed. */
export type HostedState = {
  faults: Record<string, string>;
  given: Record<string, string>;
};

const FIELDS = ["phone", "name", "email"] as const;

/** Takes what a person sent by the hosted page, which works without scripts: what it showed, we know. */
export async function sendHostedForm(
  address: string,
  _: HostedState,
  data: FormData,
): Promise<HostedState> {
  const [locale, form, seen] = [await getLocale(), await hostedForm(address), await seenRequest()];
  const given = Object.fromEntries(FIELDS.map((field) => [field, textOf(data.get(field))]));
  const failed = (path: string, message: Message): HostedState => ({
    faults: { [path]: say(locale, message) },
    given,
  });
  if (isTooMany(seen.ip)) {
    return failed("", {
      key: "error.rate-limited",
      values: { limit: 60, window: 60, seconds: 60 },
    });
  }
  const submission = await submissionOf(form, address, data);
  if (submission === null) return failed("", { key: "submission.token-invalid" });
  try {
    const taken = await takeSubmission(formAt(address), { submission, origin: null, ...seen });
    if (taken.faults) {
      const told = taken.faults.map(({ path, message }) => [path, say(locale, message)] as const);
      return { faults: Object.fromEntries(told), given };
    }
    const { confirmation, reference } = taken;
    const hears = confirmation
      ? `?means=${confirmation.means}&asked=${confirmation.isAsked}&ref=${reference}`
      : "";
    redirect(safePath(`/f/${address}/sent${hears}`));
  } catch (error) {
    if (error instanceof ServiceError) return failed("", error.explanation);
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
    isFilled: textOf(data.get(name)) !== "",
    isVisible: true,
  }));
  const labels = fieldsOf(form).map((name) => t(name));
  const title = t("title", { seller: form.seller });
  return (
    Submission.safeParse({
      token: textOf(data.get("token")),
      issuedAt: textOf(data.get("issuedAt")),
      elapsedMs: 0,
      phone: textOf(data.get("phone")),
      ...(textOf(data.get("name")) && { name: textOf(data.get("name")) }),
      ...(textOf(data.get("email")) && { email: textOf(data.get("email")) }),
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

const textOf = (value: FormDataEntryValue | null) =>
  typeof value === "string" ? value.trim() : "";

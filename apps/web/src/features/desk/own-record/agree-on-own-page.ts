"use server";
import { parseFormAddress } from "@ringfence/core/consents/capture-form";
import { type Message, say } from "@ringfence/core/platform/message";
import { type OwnAgreement, agreeToForm } from "@ringfence/services/consents/capture-form";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { findOpenedRecord, loadOwnPage } from "@/server/own-record";
import { isTooMany, readRequester, saveFormState } from "@/server/public-form";
import { addRequestedLanguage } from "@/server/request-path";
import { safePath } from "@/server/safe-path";

const FIELDS = ["name", "email"] as const;

/**
 * Records what the person ticked below the texts of a form, while their record is open. The token of the page is valid
 * for their phone alone, so that nothing is sent for somebody who uses the browser later.
 */
export async function agreeOnOwnPage(
  { address, formAddress }: { address: string; formAddress: string },
  data: FormData,
) {
  const { organizationId } = await loadOwnPage(address);
  const opened = await findOpenedRecord(organizationId);
  const form = parseFormAddress(formAddress);
  const path = `/my/${address}`;
  if (opened === null || form?.organizationId !== organizationId) {
    redirect(safePath(await addRequestedLanguage(path, { "not-agreed": "true" })));
  }
  const seen = await readRequester();
  const [token, page] = [typedText(data, "token"), typedText(data, "page")];
  const sent = { formId: form.formId, token, page, fields: readFields(data), ...seen };
  const agreed = isTooMany(seen.ip) ? toFailure(tooOften) : await agree(opened.ctx, sent);
  if (agreed === null) {
    redirect(safePath(await addRequestedLanguage(path, { "not-agreed": "true" })));
  }
  if (agreed.faults) {
    const locale = await getLocale();
    const given = FIELDS.map((field) => [field, typedText(data, field)] as const);
    const faults = agreed.faults.map(({ path, message }) => [path, say(locale, message)] as const);
    // Saved for all pages of the record, so that only the latest state is read.
    await saveFormState(path, {
      faults: Object.fromEntries(faults),
      given: Object.fromEntries(given),
    });
    const again = await addRequestedLanguage(`${path}/agree/${formAddress}`, { again: "true" });
    redirect(safePath(again));
  }
  const { consentId, reference } = agreed;
  const done = {
    agreed: consentId,
    ...(reference !== null && { ref: reference, form: formAddress }),
  };
  redirect(safePath(await addRequestedLanguage(path, done)));
}

const tooOften = {
  key: "error.rate-limited",
  values: { limit: 60, window: 60, seconds: 60 },
} as const;

const toFailure = (message: Message): OwnAgreement => ({ faults: [{ path: "", message }] });

/** Records the agreement, or returns its faults; null if there is no such form any more. */
async function agree(...[ctx, sent]: Parameters<typeof agreeToForm>): Promise<OwnAgreement | null> {
  try {
    return await agreeToForm(ctx, sent);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const isGone = error.code === "not-found" || error.explanation.key === "form.closed";
    return isGone ? null : toFailure(error.explanation);
  }
}

/** Reads which boxes are ticked, by the text that they are below. */
function readFields(data: FormData) {
  const ids = [...data.keys()].flatMap(
    (name) => /^(?:box|purpose|channel)-(.+)$/.exec(name)?.[1] ?? [],
  );
  return {
    ...(typedText(data, "name") && { name: typedText(data, "name") }),
    ...(typedText(data, "email") && { email: typedText(data, "email") }),
    ticked: [...new Set(ids)].map((id) => ({
      id,
      isTicked: data.has(`box-${id}`),
      purposes: data.getAll(`purpose-${id}`),
      channels: data.getAll(`channel-${id}`),
    })),
  };
}

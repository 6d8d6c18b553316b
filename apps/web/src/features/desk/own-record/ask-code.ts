"use server";

import { say } from "@ringfence/core/platform/message";
import { askPersonCode } from "@ringfence/services/desk/own-record";
import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { inAskedLanguage } from "@/server/asked-language";
import { keepState } from "@/server/kept-state";
import { visitingOwn } from "@/server/own-record";
import { safePath } from "@/server/safe-path";
import { isTooMany, seenRequest } from "@/server/seen-request";

const tooOften = {
  key: "error.rate-limited",
  values: { limit: 60, window: 60, seconds: 60 },
} as const;

/** Sends a code to the number that a person typed. The next page is the same for every number. */
export async function askCode(address: string, data: FormData) {
  const [ctx, locale, phone] = [
    await visitingOwn(address),
    await getLocale(),
    typedText(data, "phone"),
  ];
  const asked = isTooMany((await seenRequest()).ip)
    ? { fault: tooOften }
    : await askPersonCode(ctx, { phone: phone.slice(0, 256), locale });
  const path = `/my/${address}`;
  if (asked.fault) {
    await keepState(path, { faults: { "/phone": say(locale, asked.fault) }, given: { phone } });
    redirect(safePath(await inAskedLanguage(path, { again: "true" })));
  }
  redirect(safePath(await inAskedLanguage(`${path}/code`, { ref: asked.id })));
}

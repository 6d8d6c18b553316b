"use client";

import { say } from "@ringfence/core/message";
import { readPhone } from "@ringfence/core/phone";
import { useLocale, useTranslations } from "next-intl";
import { type Control, useWatch } from "react-hook-form";
import { PhoneText } from "@/components/phone-text";
import type { OptOutGiven } from "./opt-out-given";

/** How a number is read as it is written. */
export function ReadAs({
  control,
  homeRegion,
}: {
  control: Control<OptOutGiven>;
  homeRegion: string;
}) {
  const t = useTranslations("newOptOut");
  const locale = useLocale();
  const typed = useWatch({ control, name: "phone" });
  if (typed.trim() === "") return t("phoneHint");
  const read = readPhone(typed, homeRegion);
  if ("fault" in read) return say(locale, read.fault);
  return t.rich("readAs", { phone: () => <PhoneText phone={read.phone} /> });
}

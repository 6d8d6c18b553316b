"use client";

import { say } from "@ringfence/core/platform/message";
import { readPhone } from "@ringfence/core/people/phone";
import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field } from "./field";
import { Input } from "./input";
import { PhoneText } from "./phone-text";

type PhoneFieldProps = {
  typed: string;
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  homeRegion: string;
  fault?: string | undefined;
  /** What a form library registers. */
  input: ComponentProps<typeof Input>;
};

/** A number as people write it, and how it is read meanwhile. */
export function PhoneField({ typed, homeRegion, fault, input }: PhoneFieldProps) {
  const t = useTranslations("phoneField");
  return (
    <Field label={t("label")} fault={fault} hint={<ReadAs typed={typed} homeRegion={homeRegion} />}>
      {(wired) => (
        <Input {...wired} type="tel" autoComplete="off" maxLength={256} required {...input} />
      )}
    </Field>
  );
}

function ReadAs({ typed, homeRegion }: Pick<PhoneFieldProps, "typed" | "homeRegion">) {
  const t = useTranslations("phoneField");
  const locale = useLocale();
  if (typed.trim() === "") return t("hint");
  const read = readPhone(typed, homeRegion);
  if ("fault" in read) return say(locale, read.fault);
  return t.rich("readAs", { phone: () => <PhoneText phone={read.phone} /> });
}

import { say } from "@ringfence/core/platform/message";
import { readPhone } from "@ringfence/core/people/phone";
import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field, Input } from "./fields";
import { PhoneText } from "./people";

type PhoneFieldProps = {
  typed: string;
  /** Country (ISO 3166-1 alpha-2) of numbers written without `+`. */
  homeRegion: string;
  fault?: string | undefined;
  /** Attributes of the input, such as a form library's registration. */
  input: ComponentProps<typeof Input>;
};

/** Phone number field that shows how the number is read while it is typed. */
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

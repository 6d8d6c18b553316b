"use client";

import { Dialer } from "@ringfence/core/screening";
import { useTranslations } from "next-intl";
import type { UseFormRegister } from "react-hook-form";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import type { UploadSettings } from "./upload-scrub";

export type Choice = { key: string; name: string };

export type CallChoices = {
  purposes: readonly Choice[];
  sellers: readonly Choice[];
  regions: readonly Choice[];
  /** What dials where nothing is chosen. */
  dialer: Dialer;
};

export type CallSettings = Pick<UploadSettings, "purpose" | "seller" | "dialer">;

type CallFieldsProps = { choices: CallChoices; register: UseFormRegister<CallSettings> };

/** About which calls the file asks: verdicts differ by all three. */
export function CallFields({ choices, register }: CallFieldsProps) {
  const t = useTranslations("newScrub");
  const dialers = useTranslations("dialers");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t("purpose")} hint={t("purposeHint")}>
        {(wired) => (
          <Select {...wired} {...register("purpose")}>
            {choices.purposes.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("seller")} hint={t("sellerHint")}>
        {(wired) => (
          <Select {...wired} {...register("seller")}>
            {choices.sellers.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("dialer")} hint={t("dialerHint")}>
        {(wired) => (
          <Select {...wired} {...register("dialer")}>
            <option value="">{t("ownDialer", { dialer: dialers(choices.dialer) })}</option>
            {Dialer.options.map((dialer) => (
              <option key={dialer} value={dialer}>
                {dialers(dialer)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

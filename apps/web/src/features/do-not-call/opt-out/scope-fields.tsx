"use client";

import { useTranslations } from "next-intl";
import { type Control, type UseFormRegister, useWatch } from "react-hook-form";
import { Field } from "@/components/field";
import { RadioGroup } from "@/components/radio-group";
import { Select } from "@/components/select";
import type { OptOutGiven } from "./opt-out-given";
import type { Choice, ScopeNames } from "./scope-words";

type ScopeFieldsProps = {
  names: ScopeNames;
  register: UseFormRegister<OptOutGiven>;
  control: Control<OptOutGiven>;
};

/** What the person refuses; a slip errs on their side, for all calls come first. */
export function ScopeFields({ names, register, control }: ScopeFieldsProps) {
  const t = useTranslations("newOptOut");
  const scope = useWatch({ control, name: "scope" });
  const choices = (["all", "seller", "purpose", "profiling"] as const).map((value) => ({
    value,
    label: t(`scopes.${value}`),
    hint: t(`scopeHints.${value}`),
  }));
  return (
    <>
      <RadioGroup legend={t("scope")} radio={register("scope")} choices={choices} />
      {scope === "seller" && (
        <Field label={t("seller")}>
          {(wired) => (
            <Select {...wired} {...register("seller")}>
              <Options of={names.sellers} />
            </Select>
          )}
        </Field>
      )}
      {scope === "purpose" && (
        <Field label={t("purpose")} hint={t("purposeHint")}>
          {(wired) => (
            <Select {...wired} {...register("purpose")}>
              <Options of={names.purposes} />
            </Select>
          )}
        </Field>
      )}
    </>
  );
}

const Options = ({ of }: { of: readonly Choice[] }) =>
  of.map(({ key, name }) => (
    <option key={key} value={key}>
      {name}
    </option>
  ));

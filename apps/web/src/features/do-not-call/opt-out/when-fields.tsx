import { useTimeZone, useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { RadioGroup } from "@/components/radio-group";
import type { OptOutGiven } from "./opt-out-given";

type WhenFieldsProps = Pick<UseFormReturn<OptOutGiven>, "register" | "control">;

/** A refusal that is heard late counts from when it was said, and says where it was heard. */
export function WhenFields({ register, control }: WhenFieldsProps) {
  const t = useTranslations("newOptOut");
  const zone = useTimeZone() ?? "UTC";
  const when = useWatch({ control, name: "when" });
  const choices = [
    { value: "now", label: t("whens.now") },
    { value: "earlier", label: t("whens.earlier"), hint: t("whenHints.earlier") },
  ] as const;
  return (
    <>
      <RadioGroup legend={t("when")} radio={register("when")} choices={choices} />
      {when === "earlier" && (
        <>
          <Field label={t("at")} hint={t("atHint", { zone })}>
            {(wired) => <Input {...wired} type="datetime-local" required {...register("at")} />}
          </Field>
          <Field label={t("recordingLabel")} isOptional hint={t("recordingHint")}>
            {(wired) => <Input {...wired} maxLength={2_048} {...register("recording")} />}
          </Field>
        </>
      )}
    </>
  );
}

import { PurposeKind } from "@ringfence/core/account/purpose";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { ChosenField } from "./chosen-field";
import { MadeKey } from "./made-key";

type PurposeFieldsProps = {
  purposes: readonly KnownPurpose[];
  above: KnownPurpose | undefined;
  onBelow: (key: string) => void;
  keyOf: (part: string) => string;
};

export function PurposeFields({ purposes, above, onBelow, keyOf }: PurposeFieldsProps) {
  const t = useTranslations("organization");
  return (
    <>
      <Field label={t("below")} hint={t("belowHint")}>
        {(wired) => (
          <Select
            {...wired}
            value={above?.key ?? ""}
            onChange={({ currentTarget }) => onBelow(currentTarget.value)}
          >
            <option value="">{t("top")}</option>
            {purposes.map(({ key, name }) => (
              <option key={key} value={key}>
                {`${name} (${key})`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <MadeKey
        words={{
          name: t("purposeName"),
          nameHint: t("purposeNameHint"),
          keyHint: (part) => t("purposeKeyHint", { key: keyOf(part || "…") }),
        }}
        maxLength={64}
      />
      {above ? (
        <p>
          <b>{t("kind")}</b>
          <br />
          {t("kindOfAbove", { kind: t(`kinds.${above.kind}`) })}
        </p>
      ) : (
        <ChosenField
          name="kind"
          words={{ label: t("kind"), hint: t("kindHint") }}
          choices={PurposeKind.options.map((key) => ({ key, name: t(`kinds.${key}`) }))}
          chosen="promotional"
        />
      )}
    </>
  );
}

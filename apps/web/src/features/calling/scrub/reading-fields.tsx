"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { type Choice, ChoiceField } from "@/components/choice-field";

type ReadingFieldsProps = {
  region: string;
  regions: readonly Choice[];
  hasHeader: boolean;
  onRegion: (region: string) => void;
  onHeader: (hasHeader: boolean) => void;
};

/** How the rows are read; the preview follows at once. */
export function ReadingFields({
  region,
  regions,
  hasHeader,
  onRegion,
  onHeader,
}: ReadingFieldsProps) {
  const t = useTranslations("newScrub");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <ChoiceField
        label={t("region")}
        hint={t("regionHint")}
        choices={regions}
        chosen={region}
        onChoose={onRegion}
      />
      <div className="sm:pt-6">
        <Checkbox
          label={t("header")}
          hint={t("headerHint")}
          checked={hasHeader}
          onChange={({ currentTarget }) => onHeader(currentTarget.checked)}
        />
      </div>
    </div>
  );
}

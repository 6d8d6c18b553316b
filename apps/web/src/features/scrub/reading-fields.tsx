"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import type { Choice } from "./call-fields";

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
      <Field label={t("region")} hint={t("regionHint")}>
        {(wired) => (
          <Select
            {...wired}
            value={region}
            onChange={({ currentTarget }) => onRegion(currentTarget.value)}
          >
            {regions.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
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

"use client";

import { ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { useMapping } from "./use-mapping";

type ReadingChoiceProps = {
  system: string;
  code: string;
  reading: ReplyReading;
  /** It can be read alone: the page says elsewhere who may change it. */
  isShut: boolean;
};

/** What a code means; to choose is to say so from now on. */
export function ReadingChoice({ system, code, reading, isShut }: ReadingChoiceProps) {
  const t = useTranslations("dispositions");
  const map = useMapping();
  if (isShut) return t(`readings.${reading}`);
  return (
    <Field label={t("meansOf", { code })} isLabelHidden>
      {(wired) => (
        <Select
          {...wired}
          value={reading}
          disabled={map.isPending}
          onChange={({ currentTarget }) =>
            map.mutate({ system, code, reading: ReplyReading.parse(currentTarget.value) })
          }
        >
          {ReplyReading.options.map((option) => (
            <option key={option} value={option}>
              {t(`readings.${option}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

"use client";

import type { Comparison } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { InlineChoice } from "./inline-choice";
import { InlineNumber } from "./inline-text";

const ops = ["at-least", "at-most", "exactly"] as const satisfies readonly Comparison["op"][];

type CompareFieldsProps = { compare: Comparison; onCompare: (compare: Comparison) => void };

/** At least, at most or exactly so much. */
export function CompareFields({ compare, onCompare }: CompareFieldsProps) {
  const t = useTranslations("segmentBuilder");
  return (
    <>
      <InlineChoice
        label={t("comparison")}
        choices={ops.map((key) => ({ key, name: t(`ops.${key}`) }))}
        chosen={compare.op}
        onChoose={(op) => onCompare({ ...compare, op })}
      />
      <InlineNumber
        label={t("amount")}
        value={compare.value}
        onNumber={(value) => onCompare({ ...compare, value })}
      />
    </>
  );
}

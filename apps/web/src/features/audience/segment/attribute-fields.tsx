"use client";

import { tellField } from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { freshTest } from "./fresh-leaf";
import { InlineChoice } from "./inline-choice";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { useWorld } from "./rule-world";
import { TestFields } from "./test-fields";

/** Who says what of themselves. */
export function AttributeFields({ leaf, onLeaf }: LeafFieldsProps<"attribute">) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { fields } = useWorld();
  const typeOf = (field: string) => fields.find(({ name }) => name === field)?.type ?? "text";
  return (
    <>
      <InlineChoice
        label={t("field")}
        choices={fields.map(({ name }) => ({ key: name, name: tellField(locale, name) }))}
        chosen={leaf.field}
        onChoose={(field) => onLeaf({ ...leaf, field, test: freshTest(typeOf(field)) })}
      />
      <TestFields
        type={typeOf(leaf.field)}
        test={leaf.test}
        onTest={(test) => onLeaf({ ...leaf, test })}
      />
    </>
  );
}

"use client";
import {
  type ActivityCondition,
  type FieldType,
  type PropertyFilter,
  type ValueTest,
  describeActivity,
  describeField,
} from "@ringfence/core/audience/segment";
import { Plus, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { createTest } from "./new-condition";
import { IconButton } from "./icon-button";
import { InlineChoice } from "./inline-fields";
import { useVocabulary } from "./vocabulary";
import { TestFields } from "./test-fields";

type ActivityConditionFieldsProps = {
  label: string;
  did: ActivityCondition;
  onDid: (did: ActivityCondition) => void;
};

/** Fields for an activity's type and properties. */
export function ActivityConditionFields({ label, did, onDid }: ActivityConditionFieldsProps) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { types } = useVocabulary();
  const properties = types.find(({ key }) => key === did.type)?.properties ?? [];
  const findType = (property: string) =>
    properties.find(({ name }) => name === property)?.type ?? "text";
  const filters = did.where ?? [];
  const filtered = (where: PropertyFilter[]) =>
    onDid(where.length > 0 ? { ...did, where } : { type: did.type });
  const [first] = properties;
  return (
    <>
      <InlineChoice
        label={label}
        choices={types.map(({ key }) => ({ key, name: describeActivity(locale, { type: key }) }))}
        chosen={did.type}
        onChoose={(type) => onDid({ type })}
      />
      {filters.map((filter, index) => (
        // Filters have no key but their position.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className="inline-flex flex-wrap items-center gap-1.5">
          {t(index === 0 ? "where" : "alsoWhere")}
          <InlineChoice
            label={t("property")}
            choices={properties.map(({ name }) => ({
              key: name,
              name: describeField(locale, name),
            }))}
            chosen={filter.property}
            onChoose={(property) => {
              filtered(
                filters.with(index, { property, is: createPropertyTest(findType(property)) }),
              );
            }}
          />
          <TestFields
            isOfActivity
            type={findType(filter.property)}
            test={filter.is}
            onTest={(is) => filtered(filters.with(index, { ...filter, is }))}
          />
          <IconButton
            label={t("removeFilter")}
            onClick={() => filtered(filters.toSpliced(index, 1))}
          >
            <Icon of={X} />
          </IconButton>
        </span>
      ))}
      {first && (
        <Button
          size="small"
          look="quiet"
          icon={Plus}
          onClick={() =>
            filtered([...filters, { property: first.name, is: createPropertyTest(first.type) }])
          }
        >
          {t("addFilter")}
        </Button>
      )}
    </>
  );
}

/** Days of activities are tested by calendar date only. */
const createPropertyTest = (type: FieldType): ValueTest =>
  type === "date" ? { test: "day", when: { span: "between" } } : createTest(type);

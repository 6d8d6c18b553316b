"use client";
import {
  type ActivityCondition,
  type Comparison,
  type Condition,
  type ConditionOfKind,
  type FieldType,
  type PropertyFilter,
  type ValueTest,
  describeActivity,
  describeField,
} from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { Channel } from "@ringfence/core/people/phone";
import { Plus, X } from "lucide-react";
import {
  IconButton,
  InlineChoice,
  InlineNumber,
  InlineText,
  InlineTexts,
  SpanFields,
  TestFields,
  pastKinds,
  spanKinds,
} from "./inline-fields";
import { createTest, useVocabulary } from "./new-condition";
import { Button } from "@/components/buttons";
import { Icon } from "@/components/icons";

/** Fields of a condition, by its kind. */
export function ConditionFields({ leaf, onLeaf }: ConditionFieldsProps<Condition["is"]>) {
  switch (leaf.is) {
    case "attribute":
      return <AttributeFields {...{ leaf, onLeaf }} />;
    case "activity":
      return <ActivityFields {...{ leaf, onLeaf }} />;
    case "occasion":
      return <OccasionFields {...{ leaf, onLeaf }} />;
    case "sequence":
      return <SequenceFields {...{ leaf, onLeaf }} />;
    case "ranking":
      return <RankingFields {...{ leaf, onLeaf }} />;
    case "consent":
      return <ConsentFields {...{ leaf, onLeaf }} />;
    case "preference":
      return <PreferenceFields {...{ leaf, onLeaf }} />;
    case "calls":
      return <CallsFields {...{ leaf, onLeaf }} />;
    case "segment":
      return <SegmentFields {...{ leaf, onLeaf }} />;
  }
}

type ConditionFieldsProps<Kind extends Condition["is"]> = {
  leaf: ConditionOfKind<Kind>;
  onLeaf: (leaf: Condition) => void;
};

const measures = ["count", "sum", "average"] as const;

/** Fields for how often, or for how much, people did something. */
function ActivityFields({ leaf, onLeaf }: ConditionFieldsProps<"activity">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...ever } = leaf;
  return (
    <>
      <ActivityConditionFields
        label={t("activity")}
        did={leaf.did}
        onDid={(did) => onLeaf({ ...leaf, did })}
      />
      <InlineChoice
        label={t("measure")}
        choices={measures.map((key) => ({ key, name: t(`measures.${key}`) }))}
        chosen={leaf.measure}
        onChoose={(measure) => onLeaf({ ...leaf, measure })}
      />
      <CompareFields compare={leaf.compare} onCompare={(compare) => onLeaf({ ...leaf, compare })} />
      <SpanFields
        span={leaf.during}
        kinds={pastKinds}
        onSpan={(during) => onLeaf(during ? { ...leaf, during } : ever)}
      />
    </>
  );
}

/** Fields for a test of a contact's attribute. */
function AttributeFields({ leaf, onLeaf }: ConditionFieldsProps<"attribute">) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { fields } = useVocabulary();
  const findType = (field: string) => fields.find(({ name }) => name === field)?.type ?? "text";
  return (
    <>
      <InlineChoice
        label={t("field")}
        choices={fields.map(({ name }) => ({ key: name, name: describeField(locale, name) }))}
        chosen={leaf.field}
        onChoose={(field) => onLeaf({ ...leaf, field, test: createTest(findType(field)) })}
      />
      <TestFields
        type={findType(leaf.field)}
        test={leaf.test}
        onTest={(test) => onLeaf({ ...leaf, test })}
      />
    </>
  );
}

/** Fields for how often people were called, and how those calls ended. */
function CallsFields({ leaf, onLeaf }: ConditionFieldsProps<"calls">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...ever } = leaf;
  const { outcomes: __, ...anyhow } = leaf;
  return (
    <>
      <CompareFields compare={leaf.compare} onCompare={(compare) => onLeaf({ ...leaf, compare })} />
      {t("timesUnit")}
      <SpanFields
        span={leaf.during}
        kinds={pastKinds}
        onSpan={(during) => onLeaf(during ? { ...leaf, during } : ever)}
      />
      {t("withOutcome")}
      <InlineTexts
        label={t("outcomes")}
        values={leaf.outcomes ?? []}
        onValues={(outcomes) => onLeaf(outcomes.length > 0 ? { ...leaf, outcomes } : anyhow)}
      />
    </>
  );
}

const standings = ["granted", "expired", "withdrawn"] as const;

/** Fields for the standing of a consent to a seller's calls. */
function ConsentFields({ leaf, onLeaf }: ConditionFieldsProps<"consent">) {
  const t = useTranslations("segmentBuilder");
  const channels = useTranslations("timeline.channel");
  const { sellers, purposes } = useVocabulary();
  const offered = sellers.map(({ id, name }) => ({ key: id, name }));
  // The rule may name a seller outside the member's limit. It stays, shown as another seller.
  const isOffered = sellers.some(({ id }) => id === leaf.seller);
  const choices = isOffered ? offered : [{ key: leaf.seller, name: t("otherSeller") }, ...offered];
  return (
    <>
      <InlineChoice
        label={t("standing")}
        choices={standings.map((key) => ({ key, name: t(`standings.${key}`) }))}
        chosen={leaf.standing}
        onChoose={(standing) => onLeaf({ ...leaf, standing })}
      />
      <InlineChoice
        label={t("channel")}
        choices={Channel.options.map((key) => ({ key, name: channels(key) }))}
        chosen={leaf.channel}
        onChoose={(channel) => onLeaf({ ...leaf, channel })}
      />
      <InlineChoice
        label={t("seller")}
        choices={choices}
        chosen={leaf.seller}
        onChoose={(seller) => onLeaf({ ...leaf, seller })}
      />
      <InlineChoice
        label={t("purpose")}
        choices={purposes}
        chosen={leaf.purpose}
        onChoose={(purpose) => onLeaf({ ...leaf, purpose })}
      />
    </>
  );
}

/** Fields for the days on which people did something for the first or the last time. */
function OccasionFields({ leaf, onLeaf }: ConditionFieldsProps<"occasion">) {
  const t = useTranslations("segmentBuilder");
  const ends = (["first", "last"] as const).map((key) => ({ key, name: t(`occasions.${key}`) }));
  return (
    <>
      <ActivityConditionFields
        label={t("activity")}
        did={leaf.did}
        onDid={(did) => onLeaf({ ...leaf, did })}
      />
      <InlineChoice
        label={t("which")}
        choices={ends}
        chosen={leaf.which}
        onChoose={(which) => onLeaf({ ...leaf, which })}
      />
      <SpanFields
        span={leaf.when}
        kinds={spanKinds}
        onSpan={(when) => when && onLeaf({ ...leaf, when })}
      />
    </>
  );
}

/** Fields for the preference that people stated last. */
function PreferenceFields({ leaf, onLeaf }: ConditionFieldsProps<"preference">) {
  const t = useTranslations("segmentBuilder");
  return (
    <>
      <InlineText
        label={t("topic")}
        value={leaf.topic}
        onText={(topic) => onLeaf({ ...leaf, topic })}
      />
      {t("isWord")}
      <InlineTexts
        label={t("values")}
        values={leaf.values}
        onValues={(values) => onLeaf({ ...leaf, values })}
      />
    </>
  );
}

const ranks = ["recency", "frequency", "money"] as const;

/** Fields for the top or bottom percent of those who did something. */
function RankingFields({ leaf, onLeaf }: ConditionFieldsProps<"ranking">) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { types } = useVocabulary();
  const ends = (["top", "bottom"] as const).map((key) => ({ key, name: t(`ends.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("activity")}
        choices={types.map(({ key }) => ({ key, name: describeActivity(locale, { type: key }) }))}
        chosen={leaf.type}
        onChoose={(type) => onLeaf({ ...leaf, type })}
      />
      <InlineChoice
        label={t("end")}
        choices={ends}
        chosen={leaf.end}
        onChoose={(end) => onLeaf({ ...leaf, end })}
      />
      <InlineNumber
        label={t("percent")}
        value={leaf.percent}
        onNumber={(percent) => onLeaf({ ...leaf, percent })}
      />
      {t("percentUnit")}
      <InlineChoice
        label={t("rankedBy")}
        choices={ranks.map((key) => ({ key, name: t(`ranks.${key}`) }))}
        chosen={leaf.by}
        onChoose={(by) => onLeaf({ ...leaf, by })}
      />
    </>
  );
}

/** Field for membership in another segment. */
function SegmentFields({ leaf, onLeaf }: ConditionFieldsProps<"segment">) {
  const t = useTranslations("segmentBuilder");
  const { segments, ownId } = useVocabulary();
  const others = segments.filter(({ id }) => id !== ownId);
  return (
    <InlineChoice
      label={t("otherSegment")}
      choices={others.map(({ id, name }) => ({ key: id, name }))}
      chosen={leaf.segment}
      onChoose={(segment) => onLeaf({ ...leaf, segment })}
    />
  );
}

/** Fields for two activities in sequence: first one, and then another one or none. */
function SequenceFields({ leaf, onLeaf }: ConditionFieldsProps<"sequence">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...ever } = leaf;
  const ways = (["yes", "no"] as const).map((key) => ({ key, name: t(`happened.${key}`) }));
  return (
    <>
      <ActivityConditionFields
        label={t("activity")}
        did={leaf.first}
        onDid={(first) => onLeaf({ ...leaf, first })}
      />
      <SpanFields
        span={leaf.during}
        kinds={pastKinds}
        onSpan={(during) => onLeaf(during ? { ...leaf, during } : ever)}
      />
      <InlineChoice
        label={t("happenedThen")}
        choices={ways}
        chosen={leaf.happened ? "yes" : "no"}
        onChoose={(way) => onLeaf({ ...leaf, happened: way === "yes" })}
      />
      <ActivityConditionFields
        label={t("nextActivity")}
        did={leaf.next}
        onDid={(next) => onLeaf({ ...leaf, next })}
      />
      {t("within")}
      <InlineNumber
        label={t("days")}
        value={leaf.withinDays}
        onNumber={(withinDays) => onLeaf({ ...leaf, withinDays })}
      />
      {t("daysUnit", { days: Number.isNaN(leaf.withinDays) ? 0 : leaf.withinDays })}
    </>
  );
}

const ops = ["at-least", "at-most", "exactly"] as const satisfies readonly Comparison["op"][];

type CompareFieldsProps = { compare: Comparison; onCompare: (compare: Comparison) => void };

/** Fields for a comparison: at least, at most or exactly an amount. */
function CompareFields({ compare, onCompare }: CompareFieldsProps) {
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

type ActivityConditionFieldsProps = {
  label: string;
  did: ActivityCondition;
  onDid: (did: ActivityCondition) => void;
};

/** Fields for an activity's type and properties. */
function ActivityConditionFields({ label, did, onDid }: ActivityConditionFieldsProps) {
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

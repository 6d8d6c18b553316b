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
export function ConditionFields({ condition, onCondition }: ConditionFieldsProps<Condition["is"]>) {
  switch (condition.is) {
    case "attribute":
      return <AttributeFields {...{ condition, onCondition }} />;
    case "activity":
      return <ActivityFields {...{ condition, onCondition }} />;
    case "occasion":
      return <OccasionFields {...{ condition, onCondition }} />;
    case "sequence":
      return <SequenceFields {...{ condition, onCondition }} />;
    case "ranking":
      return <RankingFields {...{ condition, onCondition }} />;
    case "consent":
      return <ConsentFields {...{ condition, onCondition }} />;
    case "preference":
      return <PreferenceFields {...{ condition, onCondition }} />;
    case "calls":
      return <CallsFields {...{ condition, onCondition }} />;
    case "segment":
      return <SegmentFields {...{ condition, onCondition }} />;
  }
}

type ConditionFieldsProps<Kind extends Condition["is"]> = {
  condition: ConditionOfKind<Kind>;
  onCondition: (condition: Condition) => void;
};

const measures = ["count", "sum", "average"] as const;

/** Fields for how often, or for how much, people did something. */
function ActivityFields({ condition, onCondition }: ConditionFieldsProps<"activity">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...withoutSpan } = condition;
  return (
    <>
      <ActivityConditionFields
        label={t("activity")}
        did={condition.did}
        onDid={(did) => onCondition({ ...condition, did })}
      />
      <InlineChoice
        label={t("measure")}
        choices={measures.map((key) => ({ key, name: t(`measures.${key}`) }))}
        chosen={condition.measure}
        onChoose={(measure) => onCondition({ ...condition, measure })}
      />
      <CompareFields
        compare={condition.compare}
        onCompare={(compare) => onCondition({ ...condition, compare })}
      />
      <SpanFields
        span={condition.during}
        kinds={pastKinds}
        onSpan={(during) => onCondition(during ? { ...condition, during } : withoutSpan)}
      />
    </>
  );
}

/** Fields for a test of a contact's attribute. */
function AttributeFields({ condition, onCondition }: ConditionFieldsProps<"attribute">) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { fields } = useVocabulary();
  const findType = (field: string) => fields.find(({ name }) => name === field)?.type ?? "text";
  return (
    <>
      <InlineChoice
        label={t("field")}
        choices={fields.map(({ name }) => ({ key: name, name: describeField(locale, name) }))}
        chosen={condition.field}
        onChoose={(field) =>
          onCondition({ ...condition, field, test: createTest(findType(field)) })
        }
      />
      <TestFields
        type={findType(condition.field)}
        test={condition.test}
        onTest={(test) => onCondition({ ...condition, test })}
      />
    </>
  );
}

/** Fields for how often people were called, and how those calls ended. */
function CallsFields({ condition, onCondition }: ConditionFieldsProps<"calls">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...withoutSpan } = condition;
  const { outcomes: __, ...withoutOutcomes } = condition;
  return (
    <>
      <CompareFields
        compare={condition.compare}
        onCompare={(compare) => onCondition({ ...condition, compare })}
      />
      {t("timesUnit")}
      <SpanFields
        span={condition.during}
        kinds={pastKinds}
        onSpan={(during) => onCondition(during ? { ...condition, during } : withoutSpan)}
      />
      {t("withOutcome")}
      <InlineTexts
        label={t("outcomes")}
        values={condition.outcomes ?? []}
        onValues={(outcomes) =>
          onCondition(outcomes.length > 0 ? { ...condition, outcomes } : withoutOutcomes)
        }
      />
    </>
  );
}

const standings = ["granted", "expired", "withdrawn"] as const;

/** Fields for the standing of a consent to a seller's calls. */
function ConsentFields({ condition, onCondition }: ConditionFieldsProps<"consent">) {
  const t = useTranslations("segmentBuilder");
  const channels = useTranslations("timeline.channel");
  const { sellers, purposes } = useVocabulary();
  const offered = sellers.map(({ id, name }) => ({ key: id, name }));
  // The rule may name a seller outside the member's limit. It stays, shown as another seller.
  const isOffered = sellers.some(({ id }) => id === condition.seller);
  const choices = isOffered
    ? offered
    : [{ key: condition.seller, name: t("otherSeller") }, ...offered];
  return (
    <>
      <InlineChoice
        label={t("standing")}
        choices={standings.map((key) => ({ key, name: t(`standings.${key}`) }))}
        chosen={condition.standing}
        onChoose={(standing) => onCondition({ ...condition, standing })}
      />
      <InlineChoice
        label={t("channel")}
        choices={Channel.options.map((key) => ({ key, name: channels(key) }))}
        chosen={condition.channel}
        onChoose={(channel) => onCondition({ ...condition, channel })}
      />
      <InlineChoice
        label={t("seller")}
        choices={choices}
        chosen={condition.seller}
        onChoose={(seller) => onCondition({ ...condition, seller })}
      />
      <InlineChoice
        label={t("purpose")}
        choices={purposes}
        chosen={condition.purpose}
        onChoose={(purpose) => onCondition({ ...condition, purpose })}
      />
    </>
  );
}

/** Fields for the days on which people did something for the first or the last time. */
function OccasionFields({ condition, onCondition }: ConditionFieldsProps<"occasion">) {
  const t = useTranslations("segmentBuilder");
  const ends = (["first", "last"] as const).map((key) => ({ key, name: t(`occasions.${key}`) }));
  return (
    <>
      <ActivityConditionFields
        label={t("activity")}
        did={condition.did}
        onDid={(did) => onCondition({ ...condition, did })}
      />
      <InlineChoice
        label={t("which")}
        choices={ends}
        chosen={condition.which}
        onChoose={(which) => onCondition({ ...condition, which })}
      />
      <SpanFields
        span={condition.when}
        kinds={spanKinds}
        onSpan={(when) => when && onCondition({ ...condition, when })}
      />
    </>
  );
}

/** Fields for the preference that people stated last. */
function PreferenceFields({ condition, onCondition }: ConditionFieldsProps<"preference">) {
  const t = useTranslations("segmentBuilder");
  return (
    <>
      <InlineText
        label={t("topic")}
        value={condition.topic}
        onText={(topic) => onCondition({ ...condition, topic })}
      />
      {t("isWord")}
      <InlineTexts
        label={t("values")}
        values={condition.values}
        onValues={(values) => onCondition({ ...condition, values })}
      />
    </>
  );
}

const ranks = ["recency", "frequency", "money"] as const;

/** Fields for the top or bottom percent of those who did something. */
function RankingFields({ condition, onCondition }: ConditionFieldsProps<"ranking">) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { types } = useVocabulary();
  const ends = (["top", "bottom"] as const).map((key) => ({ key, name: t(`ends.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("activity")}
        choices={types.map(({ key }) => ({ key, name: describeActivity(locale, { type: key }) }))}
        chosen={condition.type}
        onChoose={(type) => onCondition({ ...condition, type })}
      />
      <InlineChoice
        label={t("end")}
        choices={ends}
        chosen={condition.end}
        onChoose={(end) => onCondition({ ...condition, end })}
      />
      <InlineNumber
        label={t("percent")}
        value={condition.percent}
        onNumber={(percent) => onCondition({ ...condition, percent })}
      />
      {t("percentUnit")}
      <InlineChoice
        label={t("rankedBy")}
        choices={ranks.map((key) => ({ key, name: t(`ranks.${key}`) }))}
        chosen={condition.by}
        onChoose={(by) => onCondition({ ...condition, by })}
      />
    </>
  );
}

/** Field for membership in another segment. */
function SegmentFields({ condition, onCondition }: ConditionFieldsProps<"segment">) {
  const t = useTranslations("segmentBuilder");
  const { segments, ownId } = useVocabulary();
  const others = segments.filter(({ id }) => id !== ownId);
  return (
    <InlineChoice
      label={t("otherSegment")}
      choices={others.map(({ id, name }) => ({ key: id, name }))}
      chosen={condition.segment}
      onChoose={(segment) => onCondition({ ...condition, segment })}
    />
  );
}

/** Fields for two activities in sequence: first one, and then another one or none. */
function SequenceFields({ condition, onCondition }: ConditionFieldsProps<"sequence">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...withoutSpan } = condition;
  const ways = (["yes", "no"] as const).map((key) => ({ key, name: t(`happened.${key}`) }));
  return (
    <>
      <ActivityConditionFields
        label={t("activity")}
        did={condition.first}
        onDid={(first) => onCondition({ ...condition, first })}
      />
      <SpanFields
        span={condition.during}
        kinds={pastKinds}
        onSpan={(during) => onCondition(during ? { ...condition, during } : withoutSpan)}
      />
      <InlineChoice
        label={t("happenedThen")}
        choices={ways}
        chosen={condition.happened ? "yes" : "no"}
        onChoose={(way) => onCondition({ ...condition, happened: way === "yes" })}
      />
      <ActivityConditionFields
        label={t("nextActivity")}
        did={condition.next}
        onDid={(next) => onCondition({ ...condition, next })}
      />
      {t("within")}
      <InlineNumber
        label={t("days")}
        value={condition.withinDays}
        onNumber={(withinDays) => onCondition({ ...condition, withinDays })}
      />
      {t("daysUnit", { days: Number.isNaN(condition.withinDays) ? 0 : condition.withinDays })}
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

"use client";
import type { FieldType, Span, ValueTest } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { InlineChoice, InlineNumber, InlineText, InlineTexts } from "./inline-fields";
import { Input } from "@/components/input";

type TestChoice = "one-of" | "contains" | "range" | "day" | "present" | "absent" | "true" | "false";

const choicesByType: Record<FieldType, readonly TestChoice[]> = {
  text: ["one-of", "contains", "present", "absent"],
  number: ["range", "present", "absent"],
  date: ["day", "present", "absent"],
  flag: ["true", "false", "present", "absent"],
  presence: ["present", "absent"],
};

type TestFieldsProps = {
  type: FieldType;
  test: ValueTest;
  /** True for properties of activities, whose days are tested by calendar date only. */
  isOfActivity?: boolean;
  onTest: (test: ValueTest) => void;
};

/** Fields for the test of a value. */
export function TestFields({ type, test, isOfActivity = false, onTest }: TestFieldsProps) {
  const t = useTranslations("segmentBuilder");
  const choices = choicesByType[type].map((key) => ({ key, name: t(`tests.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("comparison")}
        choices={choices}
        chosen={findChoice(type, test)}
        onChoose={(asked) => onTest(createChosenTest(asked, isOfActivity))}
      />
      {test.test === "one-of" && type !== "flag" && (
        <InlineTexts
          label={t("values")}
          values={test.values}
          onValues={(values) => onTest({ ...test, values })}
        />
      )}
      {test.test === "contains" && (
        <InlineText
          label={t("text")}
          value={test.text}
          onText={(text) => onTest({ ...test, text })}
        />
      )}
      {test.test === "number" && <Bounds test={test} onTest={onTest} />}
      {test.test === "day" && (
        <SpanFields
          span={test.when}
          kinds={isOfActivity ? ["between"] : dayKinds}
          onSpan={(when) => when && onTest({ ...test, when })}
        />
      )}
    </>
  );
}

function findChoice(type: FieldType, test: ValueTest): TestChoice {
  switch (test.test) {
    case "one-of":
      if (type !== "flag") return "one-of";
      return test.values[0] === "false" ? "false" : "true";
    case "number":
      return "range";
    case "present":
      return test.isPresent ? "present" : "absent";
    case "contains":
    case "day":
      return test.test;
  }
}

function createChosenTest(asked: TestChoice, isOfActivity: boolean): ValueTest {
  switch (asked) {
    case "one-of":
      return { test: asked, values: [] };
    case "true":
    case "false":
      return { test: "one-of", values: [asked] };
    case "contains":
      return { test: asked, text: "" };
    case "range":
      return { test: "number", from: 0 };
    case "day":
      return { test: asked, when: isOfActivity ? { span: "between" } : { span: "last", days: 30 } };
    case "present":
    case "absent":
      return { test: "present", isPresent: asked === "present" };
  }
}

type BoundsProps = {
  test: Extract<ValueTest, { test: "number" }>;
  onTest: (test: ValueTest) => void;
};

/** Fields for a range of numbers; either end may be empty. */
function Bounds({ test: { from, to }, onTest }: BoundsProps) {
  const t = useTranslations("segmentBuilder");
  const bounded = (from = Number.NaN, to = Number.NaN) =>
    onTest({
      test: "number",
      ...(!Number.isNaN(from) && { from }),
      ...(!Number.isNaN(to) && { to }),
    });
  return (
    <>
      <InlineNumber label={t("from")} value={from} onNumber={(from) => bounded(from, to)} />
      {t("toWord")}
      <InlineNumber label={t("to")} value={to} onNumber={(to) => bounded(from, to)} />
    </>
  );
}

type Kind = Span["span"] | "ever";

type SpanFieldsProps = {
  span: Span | undefined;
  kinds: readonly Kind[];
  onSpan: (span: Span | undefined) => void;
};

export const pastKinds = ["ever", "last", "before", "between"] as const;
export const spanKinds = ["last", "before", "between"] as const;
const dayKinds = ["last", "before", "next", "between"] as const;

/** Fields for days: relative to today, or by calendar date. */
export function SpanFields({ span, kinds, onSpan }: SpanFieldsProps) {
  const t = useTranslations("segmentBuilder");
  const choices = kinds.map((key) => ({ key, name: t(`spans.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("when")}
        choices={choices}
        chosen={span?.span ?? "ever"}
        onChoose={(kind) => onSpan(createSpan(kind))}
      />
      {span !== undefined && span.span !== "between" && (
        <>
          <InlineNumber
            label={t("days")}
            value={span.days}
            onNumber={(days) => onSpan({ ...span, days })}
          />
          {t("daysUnit", { days: Number.isNaN(span.days) ? 0 : span.days })}
        </>
      )}
      {span?.span === "between" && <CalendarDays span={span} onSpan={onSpan} />}
    </>
  );
}

function createSpan(kind: Kind): Span | undefined {
  if (kind === "ever") return undefined;
  return kind === "between" ? { span: kind } : { span: kind, days: 30 };
}

type CalendarDaysProps = {
  span: Extract<Span, { span: "between" }>;
  onSpan: (span: Span) => void;
};

function CalendarDays({ span: { from, to }, onSpan }: CalendarDaysProps) {
  const t = useTranslations("segmentBuilder");
  const between = (from: string, to: string) =>
    onSpan({ span: "between", ...(from && { from }), ...(to && { to }) });
  return (
    <>
      <span className="inline-grid">
        <Input
          type="date"
          aria-label={t("fromDay")}
          value={from ?? ""}
          onChange={({ currentTarget }) => between(currentTarget.value, to ?? "")}
        />
      </span>
      {t("toWord")}
      <span className="inline-grid">
        <Input
          type="date"
          aria-label={t("toDay")}
          value={to ?? ""}
          onChange={({ currentTarget }) => between(from ?? "", currentTarget.value)}
        />
      </span>
    </>
  );
}

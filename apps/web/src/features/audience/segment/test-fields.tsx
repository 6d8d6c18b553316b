"use client";

import type { AskedType, ValueTest } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { InlineChoice } from "./inline-choice";
import { InlineNumber, InlineText, InlineTexts } from "./inline-text";
import { dayKinds, SpanFields } from "./span-fields";

type Asked = "one-of" | "contains" | "range" | "day" | "present" | "absent" | "true" | "false";

const askedOf: Record<AskedType, readonly Asked[]> = {
  text: ["one-of", "contains", "present", "absent"],
  number: ["range", "present", "absent"],
  date: ["day", "present", "absent"],
  flag: ["true", "false", "present", "absent"],
  presence: ["present", "absent"],
};

type TestFieldsProps = {
  type: AskedType;
  test: ValueTest;
  /** Days of what people did are asked by the calendar alone. */
  isOfActivity?: boolean;
  onTest: (test: ValueTest) => void;
};

/** What is asked of a value, as far as it can be asked. */
export function TestFields({ type, test, isOfActivity = false, onTest }: TestFieldsProps) {
  const t = useTranslations("segmentBuilder");
  const choices = askedOf[type].map((key) => ({ key, name: t(`tests.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("comparison")}
        choices={choices}
        chosen={askedBy(type, test)}
        onChoose={(asked) => onTest(freshAsked(asked, isOfActivity))}
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

function askedBy(type: AskedType, test: ValueTest): Asked {
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

function freshAsked(asked: Asked, isOfActivity: boolean): ValueTest {
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

/** From one number to another; either may be left out. */
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

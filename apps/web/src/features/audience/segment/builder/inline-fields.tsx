"use client";
import { type ReactNode, useState } from "react";
import type { FieldType, Span, ValueTest } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { Input, Select } from "@/components/fields";

type InlineChoiceProps<Key extends string> = {
  label: string;
  choices: readonly { key: Key; name: string }[];
  chosen: Key;
  onChoose: (key: Key) => void;
  isStrong?: boolean;
};

/** Select within a sentence. A chosen value that is no longer offered is still shown. */
export function InlineChoice<Key extends string>({
  label,
  choices,
  chosen,
  onChoose,
  isStrong = false,
}: InlineChoiceProps<Key>) {
  const isKnown = choices.some(({ key }) => key === chosen);
  return (
    <span className={`inline-grid max-w-full ${isStrong ? "[&_select]:font-semibold" : ""}`}>
      <Select
        aria-label={label}
        value={chosen}
        onChange={({ currentTarget }) => {
          const choice = choices.find(({ key }) => key === currentTarget.value);
          if (choice) onChoose(choice.key);
        }}
      >
        {!isKnown && <option value={chosen}>{chosen}</option>}
        {choices.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
    </span>
  );
}

type InlineTextProps = {
  label: string;
  value: string;
  onText: (text: string) => void;
  size?: number;
};

/** Short text field within a sentence. */
export const InlineText = ({ label, value, onText, size = 16 }: InlineTextProps) => (
  <span className="inline-grid max-w-full">
    <Input
      aria-label={label}
      size={size}
      autoComplete="off"
      value={value}
      onChange={({ currentTarget }) => onText(currentTarget.value)}
    />
  </span>
);

type ParsedTextProps<T> = Omit<InlineTextProps, "value" | "onText"> & {
  value: T;
  read: (text: string) => T;
  write: (value: T) => string;
  onValue: (value: T) => void;
};

/**
 * Text field for a value of another type. It keeps the typed text while its value is the same: `1.` may
 * become `1.5`.
 */
function ParsedText<T>({ value, read, write, onValue, ...field }: ParsedTextProps<T>) {
  const [text, setText] = useState(() => write(value));
  const isSame = write(read(text)) === write(value);
  return (
    <InlineText
      {...field}
      value={isSame ? text : write(value)}
      onText={(text) => {
        setText(text);
        onValue(read(text));
      }}
    />
  );
}

type InlineNumberProps = {
  label: string;
  value: number | undefined;
  onNumber: (value: number) => void;
};

/** Number field. It is NaN while empty, which is a fault of the rule. */
export const InlineNumber = ({ label, value = Number.NaN, onNumber }: InlineNumberProps) => (
  <ParsedText
    label={label}
    size={5}
    value={value}
    read={(text) => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".")))}
    write={(value) => (Number.isNaN(value) ? "" : String(value))}
    onValue={onNumber}
  />
);

type InlineTextsProps = {
  label: string;
  values: readonly string[];
  onValues: (values: string[]) => void;
};

/** Field for several texts, separated by semicolons. */
export const InlineTexts = ({ label, values, onValues }: InlineTextsProps) => (
  <ParsedText
    label={label}
    size={22}
    value={[...values]}
    read={(text) => text.split(";").flatMap((part) => part.trim() || [])}
    write={(values) => values.join("; ")}
    onValue={onValues}
  />
);

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
        onChoose={(choice) => onTest(createChosenTest(choice, isOfActivity))}
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

function createChosenTest(choice: TestChoice, isOfActivity: boolean): ValueTest {
  switch (choice) {
    case "one-of":
      return { test: choice, values: [] };
    case "true":
    case "false":
      return { test: "one-of", values: [choice] };
    case "contains":
      return { test: choice, text: "" };
    case "range":
      return { test: "number", from: 0 };
    case "day":
      return {
        test: choice,
        when: isOfActivity ? { span: "between" } : { span: "last", days: 30 },
      };
    case "present":
    case "absent":
      return { test: "present", isPresent: choice === "present" };
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

type IconButtonProps = { label: string; onClick: () => void; children: ReactNode };

/** Button with an icon only. Screen readers announce its label. */
export const IconButton = ({ label, onClick, children }: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    onClick={onClick}
    className="grid min-h-8 min-w-7 cursor-pointer place-items-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:min-h-10 pointer-coarse:min-w-10"
  >
    {children}
  </button>
);

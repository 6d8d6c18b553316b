"use client";

import type { Span } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { Input } from "@/components/input";
import { InlineChoice } from "./inline-choice";
import { InlineNumber } from "./inline-text";

type Kind = Span["span"] | "ever";

type SpanFieldsProps = {
  span: Span | undefined;
  kinds: readonly Kind[];
  onSpan: (span: Span | undefined) => void;
};

export const pastKinds = ["ever", "last", "before", "between"] as const;
export const saidKinds = ["last", "before", "between"] as const;
export const dayKinds = ["last", "before", "next", "between"] as const;

/** On which days: so many from today, or of the calendar. */
export function SpanFields({ span, kinds, onSpan }: SpanFieldsProps) {
  const t = useTranslations("segmentBuilder");
  const choices = kinds.map((key) => ({ key, name: t(`spans.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("when")}
        choices={choices}
        chosen={span?.span ?? "ever"}
        onChoose={(kind) => onSpan(freshSpan(kind))}
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

function freshSpan(kind: Kind): Span | undefined {
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

import { type Phone, lookUpPlan, toDigits } from "@ringfence/core/people/phone";
import type { PhoneLookup } from "@ringfence/services/do-not-call/reassigned";
import { useTranslations } from "next-intl";
import { type Fact, Facts } from "./page-layout";
import { LocalTime } from "./dates";

/** Facts about a number's line type and reassignment, each with its date. */
export function useLineFacts(
  { lineType, lineTypeAt, reassigned }: PhoneLookup,
  phone: Phone,
): Fact[] {
  const t = useTranslations("lineFacts");
  const plan = lookUpPlan(toDigits(phone));
  const line: Fact = {
    name: t("line"),
    value: t("lineType", { line: lineType ?? plan.lineType }),
    notes: [
      lineType === null
        ? t("byPlan")
        : t.rich("byLookUp", { time: () => lineTypeAt && <LocalTime instant={lineTypeAt} /> }),
    ],
  };
  if (reassigned === null) {
    const isAskable = plan.country === "US";
    return isAskable ? [line, { name: t("reassigned"), value: t("notAsked") }] : [line];
  }
  const { answer, consentDay, askedAt } = reassigned;
  const day = () => <LocalTime instant={new Date(consentDay)} zone="UTC" precision="day" />;
  return [
    line,
    {
      name: t("reassigned"),
      value: t.rich("answer", { answer, day }),
      notes: [t.rich("asked", { time: () => <LocalTime instant={askedAt} /> })],
    },
  ];
}

export const LineFacts = ({ line, phone }: { line: PhoneLookup; phone: Phone }) => (
  <Facts facts={useLineFacts(line, phone)} />
);

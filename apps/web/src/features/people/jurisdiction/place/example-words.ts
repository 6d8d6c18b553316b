import type { Rule, RuleExample, RuleExamples } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { formatDate } from "@/i18n/format-time";
import { hasKey } from "@/i18n/has-key";
import { placeName } from "@/i18n/place-name";
import { registryName } from "@/i18n/registry-name";
import type { Locale } from "@ringfence/core/platform/message";
import messages from "../../../../../messages/en.json";

/** Texts in the reader's language with which an example of a rule is described. */
export type ExampleTexts = {
  locale: Locale;
  t: ReturnType<typeof useTranslations<"ruleExamples">>;
  values: ReturnType<typeof useTranslations<"rules.whenValues">>;
  reasons: ReturnType<typeof useTranslations<"reasons">>;
  elements: ReturnType<typeof useTranslations<"elements">>;
};

/** Returns the texts of the reader's language. */
export function useExampleTexts(): ExampleTexts {
  const t = useTranslations("ruleExamples");
  const values = useTranslations("rules.whenValues");
  const reasons = useTranslations("reasons");
  const elements = useTranslations("elements");
  return { locale: useLocale(), t, values, reasons, elements };
}

/**
 * Describes the call of an example and its verdict: "30 Nov 2026, 20:01 local time: refused (Outside calling hours)".
 */
export function describeExample(texts: ExampleTexts, example: RuleExample): string {
  const { locale, t } = texts;
  const [date, time] = [example.at.slice(0, 10), example.at.slice(11, 16)];
  const when = t("when", { date: formatDate(locale, date), time });
  const call = [when, ...describeAttributes(texts, example)].join("; ");
  return t("sentence", { call, verdict: describeVerdict(texts, example) });
}

function describeVerdict({ t, reasons }: ExampleTexts, { expected }: RuleExample): string {
  const { verdict, reason } = expected;
  if (reason === null || !hasKey(messages.reasons, reason)) return t(`verdicts.${verdict}`);
  return t("because", { verdict: t(`verdicts.${verdict}`), reason: reasons(`${reason}.name`) });
}

/** Lists what is special about the call of an example. */
function describeAttributes(texts: ExampleTexts, { attributes }: RuleExample): string[] {
  const { locale, t, values } = texts;
  const { is_campaign, unconfirmed_duty, purpose, sector, line_type, called_party, region, calls } =
    attributes;
  const { dialer, consent_policy, emergencies, policy_hours, purchased_at, reassigned } =
    attributes;
  return [
    dialer && t(`dialers.${dialer}`),
    is_campaign && t("campaign"),
    unconfirmed_duty && t("unconfirmedDuty"),
    ...[purpose, sector, line_type, called_party].map(
      (value) => value && hasKey(messages.rules.whenValues, value) && values(value),
    ),
    region && t("address", { place: placeName(locale, region) }),
    consent_policy === "opt_out_with_registry" && t("noPolicy"),
    ...describeConsents(texts, attributes),
    ...(attributes.opt_outs ?? []).map(() => t("optedOut")),
    ...Object.entries(attributes.registries ?? {}).map(([code, listing]) => {
      const name = registryName(code);
      if (listing === null) return t("registryUnread", { name });
      return t(listing.lists_phone ? "registryLists" : "registryLacks", { name });
    }),
    reassigned === null && t("reassignedUnasked"),
    reassigned && t(`reassigned.${reassigned.answer}`, { days: reassigned.days_before }),
    emergencies && emergencies.length > 0 && t("emergency"),
    purchased_at && t("purchase", { date: formatDate(locale, purchased_at.slice(0, 10)) }),
    calls && t("calls", { count: calls.length, times: calls.map((at) => toTime(at)).join(", ") }),
    policy_hours && t("aroundTheClock"),
  ].flatMap(toWords);
}

/** Leaves out what does not apply. */
const toWords = (text: string | false | null | undefined): string[] => (text ? [text] : []);

const toTime = (at: string) => at.slice(11, 16);

function describeConsents(
  { locale, t, elements }: ExampleTexts,
  { consents }: RuleExample["attributes"],
): string[] {
  if (consents === undefined) return [];
  if (consents.length === 0) return [t("noConsent")];
  return consents.flatMap(({ at, is_written, source, after_withdrawal_at: withdrawn, lacks }) =>
    [
      source === "enquiry" ? t("enquiry") : is_written === false && t("spokenConsent"),
      at && t("consentOf", { date: formatDate(locale, at.slice(0, 10)) }),
      withdrawn && t("withdrawn", { date: formatDate(locale, withdrawn.slice(0, 10)) }),
      lacks &&
        t("lacks", {
          elements: lacks
            .map((one) => (hasKey(messages.elements, one) ? elements(one) : one))
            .join(", "),
        }),
    ].flatMap(toWords),
  );
}

/**
 * Finds the time of day between two examples of calling hours: 20:00 between 19:59 and 20:01. Null if they are about
 * something else, such as a holiday.
 */
export function findBoundary(rule: Rule, [inside, outside]: RuleExamples): string | null {
  if (rule.type !== "calling_hours" || rule.value.windows === null) return null;
  if (inside.at.slice(0, 10) !== outside.at.slice(0, 10)) return null;
  const [first = "", last = ""] = [toTime(inside.at), toTime(outside.at)].toSorted();
  const edges = rule.value.windows.flatMap(({ from, to }) => [from, to]);
  const between = new Set(edges.filter((edge) => first <= edge && edge <= last));
  const [edge] = between;
  return between.size === 1 && edge !== undefined ? edge : null;
}

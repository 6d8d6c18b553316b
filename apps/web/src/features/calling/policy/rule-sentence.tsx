import type { PolicyRule } from "@ringfence/core/calling/policy";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useDialerName } from "@/components/dialer-name";
import { hasKey } from "@/i18n/has-key";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import messages from "../../../../messages/en.json";

/** Names of registries by id. */
export type RegistryNames = Readonly<Record<string, string>>;

type RuleSentenceProps = { rule: PolicyRule; registryNames: RegistryNames };

/** Says what a rule of a policy asks, of which calls, and why the organization wants it. */
export function RuleSentence({ rule, registryNames }: RuleSentenceProps) {
  const say = useRuleSentence(registryNames);
  const scope = useRuleScope();
  return (
    <span className="grid max-w-[46rem] gap-0.5">
      <span className="font-medium">{say(rule)}</span>
      <span className="text-sm">{scope(rule)}</span>
      {rule.note && <span className="text-sm whitespace-pre-line text-muted">{rule.note}</span>}
    </span>
  );
}

/** Returns a function that says in a sentence what a rule asks. */
function useRuleSentence(registryNames: RegistryNames) {
  const t = useTranslations("policy.says");
  const elements = useElementNames();
  const weekdays = useTranslations("weekdays");
  const dialer = useDialerName();
  const format = useFormatter();
  const locale = useLocale();
  return (rule: PolicyRule): string => {
    switch (rule.kind) {
      case "hours": {
        const windows = rule.windows.map(({ days, from, to }) =>
          t("window", { days: days.map((day) => weekdays(day)).join(", "), from, to }),
        );
        const holidays = rule.holidaysClosed ? "closed" : "open";
        return t("hours", { windows: windows.join("; "), holidays });
      }
      case "closed-days": {
        const [first, last] = [formatDate(locale, rule.first), formatDate(locale, rule.last)];
        return rule.first === rule.last
          ? t("closedDay", { first })
          : t("closedDays", { first, last });
      }
      case "cap":
        return t("cap", { calls: rule.calls, days: rule.days });
      case "consent":
        return t("consent");
      case "consent-age":
        return t("consentAge", { months: rule.months });
      case "cool-off":
        return t("coolOff", { days: rule.days });
      case "proof": {
        const names = rule.elements.map(elements);
        const shown = rule.written ? [elements("written_form"), ...names] : names;
        return t("proof", { elements: format.list(shown) });
      }
      case "dialer":
        return t("dialer", { dialers: format.list(rule.dialers.map(dialer)) });
      case "registry": {
        const name = registryNames[rule.registry] ?? rule.registry;
        return rule.maxAgeDays === null
          ? t("registry", { name })
          : t("registryAge", { name, days: rule.maxAgeDays });
      }
    }
  };
}

/** Returns a function that says of which calls a rule speaks. */
function useRuleScope() {
  const t = useTranslations("policy.scope");
  const kinds = useTranslations("organization.kinds");
  const dialer = useDialerName();
  const format = useFormatter();
  const locale = useLocale();
  return ({ places, purposes, dialers, kind }: PolicyRule): string => {
    const everywhere = kind === "registry" ? t("ofRegistry") : t("everywhere");
    const parts = [
      places === null
        ? everywhere
        : t("places", { places: format.list(places.map((id) => placeName(locale, id))) }),
      purposes && t("purposes", { purposes: format.list(purposes.map((one) => kinds(one))) }),
      kind !== "dialer" && dialers && t("dialers", { dialers: format.list(dialers.map(dialer)) }),
    ];
    return parts.filter(Boolean).join(" · ");
  };
}

/**
 * Returns a function that names an element of a consent. One without a name on the pages keeps that of the rule data.
 */
export function useElementNames() {
  const t = useTranslations("policy.elements");
  return (element: string): string =>
    hasKey(messages.policy.elements, element) ? t(element) : element.replaceAll("_", " ");
}

import type { Refusal } from "@ringfence/core/calling/screening";
import type { Person, NumberSeen } from "@ringfence/services/people/phone";
import { useLocale, useTranslations } from "next-intl";
import { tellClock, tellTime } from "@/i18n/tell-time";

type Answer = NonNullable<NumberSeen["judged"]>["answer"];

/** The first reason in one clause, of whose number it is; for the sentence that is read first. */
export function useBecause({ checked }: Answer, { contacts }: Person) {
  const t = useTranslations("number");
  const locale = useLocale();
  const zone = checked.zones[0] ?? "UTC";
  const [name, ...others] = contacts.flatMap((contact) => contact.name ?? []);
  const who = name !== undefined && others.length === 0 ? name : t("person");

  return ({ reason, registry = "", since, message: { values } }: Refusal) =>
    t(`because.${reason}`, {
      who,
      registry,
      scope: String(values?.scope),
      purpose: String(values?.purpose),
      day: since ? tellTime(locale, zone, since, "day") : "",
      clock: tellClock(zone, checked.at),
    });
}

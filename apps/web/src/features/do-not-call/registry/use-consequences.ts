import type { DisconnectionView } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { placeName } from "./place-name";

/** Describes what happens to calls once a registry is disconnected, and whether a second officer must accept. */
export function useConsequences() {
  const t = useTranslations("disconnection");
  const locale = useLocale();
  const format = useFormatter();
  return ({ effect, places, contacts, isLifted, needsSecond }: DisconnectionView) =>
    [
      t(effect, {
        places: format.list(places.map((place) => placeName(locale, place))),
        isLifted: String(isLifted),
      }),
      contacts > 0 ? t("contacts", { count: contacts }) : "",
      needsSecond ? t("needsSecond") : "",
      t("kept"),
    ]
      .filter((sentence) => sentence !== "")
      .join(" ");
}

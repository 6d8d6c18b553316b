import { digitsOf, type Phone, planOf } from "@ringfence/core/phone";
import type { NumberSeen } from "@ringfence/services/phone";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { Fact } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { placeName } from "./place-name";

/** What is known of the person, and from where; what is not known is left out. */
export function usePersonFacts({ person, judged }: NumberSeen, phone: Phone): Fact[] {
  const t = useTranslations("number.facts");
  const locale = useLocale();
  const { contacts, otherPhones } = person;
  const { checked } = judged?.answer ?? {};
  const [zone, ...otherZones] = checked?.zones ?? [];
  const languages = new Intl.DisplayNames(locale, { type: "language", fallback: "code" });
  const parties = contacts.flatMap(({ calledParty }) =>
    calledParty === "individual" ? [] : t(calledParty),
  );
  const spoken = contacts.flatMap(({ locale }) => languages.of(locale ?? "") ?? []);
  const { places, source } = placesOf(contacts, phone);
  return [
    ...listed(
      t("person"),
      contacts.map(({ name }) => name ?? t("unnamed")),
    ),
    ...listed(t("party"), parties),
    {
      name: t("phones"),
      value: (
        <>
          <PhoneText phone={phone} />, {t("thisOne")}
        </>
      ),
      notes: otherPhones.flatMap(({ id, phone }) =>
        phone === null ? (
          []
        ) : (
          <span key={id}>
            <Link href={`/numbers/${id}`}>
              <PhoneText phone={phone} />
            </Link>
            , {t("counts")}
          </span>
        ),
      ),
    },
    {
      name: t("place"),
      value: places.map((place) => placeName(locale, place)).join("; ") || t("placeUnknown"),
      notes: places.length > 0 ? [t(source)] : [],
    },
    ...(zone && checked
      ? [
          {
            name: t("clock"),
            value: <LocalTime instant={checked.at} zone={zone} />,
            notes: [
              zone,
              ...(otherZones.length > 0
                ? [t("severalZones", { count: otherZones.length + 1 })]
                : []),
            ],
          },
        ]
      : []),
    ...listed(t("language"), spoken),
  ];
}

/** One fact of several values, told once each. */
const listed = (name: string, values: readonly string[]): Fact[] => {
  const [value, ...notes] = new Set(values);
  return value === undefined ? [] : [{ name, value, notes }];
};

/** Where the person says they live, or else where the number was given out. */
function placesOf(contacts: NumberSeen["person"]["contacts"], phone: Phone) {
  const addresses = contacts.flatMap(({ addressRegion }) => addressRegion ?? []);
  if (addresses.length > 0)
    return { places: [...new Set(addresses)], source: "fromAddress" } as const;
  const { country, regions } = planOf(digitsOf(phone));
  const ofPlan = regions.length > 0 ? regions : [country].filter((known) => known !== null);
  return { places: ofPlan, source: "fromNumber" } as const;
}

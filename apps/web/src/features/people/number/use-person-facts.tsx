import { digitsOf, type Phone, planOf } from "@ringfence/core/people/phone";
import type { NumberSeen } from "@ringfence/services/people/phone";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Fact } from "@/components/facts";
import { useLineFacts } from "@/components/line-facts";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { placeName } from "./place-name";

/** What is known of the person, and from where; what is not known is left out. */
export function usePersonFacts(
  { person, judged, line }: NumberSeen,
  phone: Phone,
  mayOpenContacts: boolean,
): Fact[] {
  const t = useTranslations("number.facts");
  const locale = useLocale();
  const lineFacts = useLineFacts(line, phone);
  const { contacts, otherPhones } = person;
  const { checked } = judged?.answer ?? {};
  const [zone, ...otherZones] = checked?.zones ?? [];
  const others = otherZones.length;
  const parties = contacts.flatMap(({ calledParty }) =>
    calledParty === "individual" ? [] : t(calledParty),
  );
  const { places, source } = placesOf(contacts, phone);
  return [
    ...listed(
      t("person"),
      contacts.map(({ id, name }) =>
        mayOpenContacts ? (
          <Link key={id} href={`/contacts/${id}`}>
            {name ?? t("unnamed")}
          </Link>
        ) : (
          (name ?? t("unnamed"))
        ),
      ),
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
        phone === null ? [] : <OtherPhone key={id} id={id} phone={phone} />,
      ),
    },
    {
      name: t("place"),
      value: places.map((place) => placeName(locale, place)).join("; ") || t("placeUnknown"),
      notes: places.length > 0 ? [t(source)] : [],
    },
    ...lineFacts,
    ...(zone && checked
      ? [
          {
            name: t("clock"),
            value: <LocalTime instant={checked.at} zone={zone} />,
            notes: others > 0 ? [zone, t("severalZones", { count: others + 1 })] : [zone],
          },
        ]
      : []),
    ...listed(t("language"), languagesOf(contacts, locale)),
  ];
}

/** Another number of the person, where a refusal counts as well. */
function OtherPhone({ id, phone }: { id: string; phone: Phone }) {
  const t = useTranslations("number.facts");
  return (
    <>
      <Link href={`/numbers/${id}`}>
        <PhoneText phone={phone} />
      </Link>
      , {t("counts")}
    </>
  );
}

/** What the people speak, in the words of who reads it. */
function languagesOf(contacts: NumberSeen["person"]["contacts"], reader: string): string[] {
  const names = new Intl.DisplayNames(reader, { type: "language", fallback: "code" });
  return contacts.flatMap(({ locale }) => (locale === null ? [] : (names.of(locale) ?? locale)));
}

/** One fact of several values, told once each. */
const listed = (name: string, values: readonly ReactNode[]): Fact[] => {
  const [value, ...notes] = new Set(values);
  return value === undefined ? [] : [{ name, value, notes }];
};

/** Returns the places of the number and of the person's addresses. The rules of all of them apply. */
function placesOf(contacts: NumberSeen["person"]["contacts"], phone: Phone) {
  const { country, regions } = planOf(digitsOf(phone));
  const numberPlaces = regions.length > 0 ? regions : country === null ? [] : [country];
  const addresses = contacts
    .flatMap(({ addressRegion }) => addressRegion ?? [])
    .filter((region) => region !== country);
  const places = [...new Set([...numberPlaces, ...addresses])];
  return { places, source: addresses.length > 0 ? "fromBoth" : "fromNumber" } as const;
}

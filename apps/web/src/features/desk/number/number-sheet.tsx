import { may } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import type { ConsentEventView, NumberView } from "@ringfence/services/desk/number";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { AgreedAgain } from "@/components/agreed-again";
import { Banner } from "@/components/banner";
import { Columns, Empty, type Fact, Facts, Section } from "@/components/page-layout";
import { ChosenByPerson } from "@/components/call-preferences";
import { FenceStrip } from "@/components/fence/fence";
import { OfflineLinks } from "@/components/offline-links";
import { placeName } from "@/i18n/place-name";
import { type Choices, purposeName } from "./words";
import { AllChecks, JudgedVerdict, VerdictReasons, toScreeningView } from "./verdict";
import type { NumberQuery, NumberSubject } from "./number-query";
import { listPlaces } from "./list-places";
import { NumberHead } from "./number-head";
import { Timeline } from "./timeline";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatInstant, zoneCity } from "@/i18n/format-time";
import type { Phone } from "@ringfence/core/people/phone";
import { useLineFacts } from "@/components/line-facts";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";

type NumberSheetProps = {
  /** Facts about the number. */
  seen: NumberView;
  subject: NumberSubject;
  /** The page's query. */
  look: NumberQuery;
  /** Sellers and purposes of calls, with their names. */
  choices: Choices;
  /** Text that was typed; null if the number was opened from the records. */
  typed: string | null;
  member: CurrentMember;
};

/**
 * Shows everything about one number: how the typed text was understood and, if it is a number, the verdict
 * with its reasons and the owner; then history and consents.
 */
export function NumberSheet(props: NumberSheetProps) {
  const { seen, subject, look, choices, typed, member } = props;
  const t = useTranslations("number");
  const locale = useLocale();
  const { judged, person, timeline } = seen;
  const answer = judged?.answer;
  const zone = answer?.checked.zones[0] ?? null;
  const view = answer && toScreeningView(locale, answer);
  const actor = toActor(member);
  return (
    <>
      <NumberHead {...{ seen, subject, choices, typed, member }} />
      {seen.isErased && <Banner title={t("erased")}>{t("erasedBody")}</Banner>}
      {answer?.phone && view && (
        <>
          <JudgedVerdict answer={answer} person={person} />
          <FenceStrip answer={view} isLinked />
          <Columns>
            <VerdictReasons answer={view} />
            <NumberOwner
              seen={seen}
              phone={answer.phone}
              mayOpenContacts={may(actor, "contact.read")}
            />
          </Columns>
          <ChosenByPerson preferences={seen.preferences} />
          <AgreedAgain again={seen.agreedAgain} zone={zone} />
          <AllChecks answer={view} />
        </>
      )}
      <Columns>
        <Timeline page={timeline} {...{ zone, subject, look, choices }} />
        <ConsentList
          consents={seen.consents}
          zone={zone}
          choices={choices}
          mayOpenProofs={may(actor, "proof.read")}
        >
          {may(actor, "consent.record") && !seen.isErased && (
            <OfflineLinks subject={subject} hasConsents={seen.consents.length > 0} />
          )}
        </ConsentList>
      </Columns>
    </>
  );
}

type ConsentListProps = {
  consents: readonly ConsentEventView[];
  zone: string | null;
  choices: Choices;
  mayOpenProofs: boolean;
  /** Links to record a consent or a withdrawal. */
  children?: ReactNode;
};

/** Lists consents and withdrawals, with the words that the person was shown. */
export function ConsentList({
  consents,
  zone,
  choices,
  mayOpenProofs,
  children,
}: ConsentListProps) {
  const t = useTranslations("agreed");
  const types = useTranslations("timeline.consentType");
  const locale = useLocale();
  const format = useFormatter();
  const formatDay = (instant: Date) => formatInstant(locale, zone ?? "UTC", instant, "day");
  if (consents.length === 0) {
    return (
      <Section title={t("title")}>
        <Empty title={t("none")}>{t("noneBody")}</Empty>
        {children}
      </Section>
    );
  }
  return (
    <Section title={t("title")}>
      <ul>
        {consents.map(({ id, consentId, type, at, seller, purposes, disclosure, validUntil }) => (
          <li key={id} className="grid gap-1 border-b border-line py-2.5">
            <h3>
              {t("given", { type: types(type), day: formatDay(at) })}
              {validUntil && `, ${t("until", { day: formatDay(validUntil) })}`}
            </h3>
            <p className="text-sm text-muted">
              {t("to", {
                seller: seller ?? "",
                purposes: format.list(purposes.map((key) => purposeName(choices, key))),
              })}
            </p>
            {mayOpenProofs && (
              <Link href={`/certificates/${consentId}`} className="justify-self-start text-sm">
                {t("certificate")}
              </Link>
            )}
            {disclosure ? (
              <blockquote
                lang={disclosure.language}
                className="border-l-[3px] border-line-strong pl-3"
              >
                {disclosure.text}
              </blockquote>
            ) : (
              <p className="text-sm text-muted">{t("noWords")}</p>
            )}
          </li>
        ))}
      </ul>
      {children}
    </Section>
  );
}

type NumberOwnerProps = { seen: NumberView; phone: Phone; mayOpenContacts: boolean };

/** Shows whose number it is: people, other phones, place, line, local time and languages. */
function NumberOwner({ seen, phone, mayOpenContacts }: NumberOwnerProps) {
  const t = useTranslations("number");
  const facts = usePersonFacts(seen, phone, mayOpenContacts);
  return (
    <Section title={t("whose")}>
      {seen.phoneId === null && <Empty title={t("nobody")}>{t("nobodyBody")}</Empty>}
      {seen.phoneId !== null && seen.person.contacts.length === 0 && (
        <Empty title={t("noContact")}>{t("noContactBody")}</Empty>
      )}
      <Facts facts={facts} />
    </Section>
  );
}

/** Lists what is known about the person and the number. The place names its source. */
function usePersonFacts(
  { person, judged, line }: NumberView,
  phone: Phone,
  mayOpenContacts: boolean,
): Fact[] {
  const t = useTranslations("number.facts");
  const locale = useLocale();
  const lineFacts = useLineFacts(line, phone);
  const { contacts, otherPhones } = person;
  const { checked } = judged?.answer ?? {};
  const [zone, ...otherZones] = checked?.zones ?? [];
  const otherZoneCount = otherZones.length;
  const parties = contacts.flatMap(({ calledParty }) =>
    calledParty === "individual" ? [] : t(calledParty),
  );
  const { places, source } = listPlaces(contacts, phone);
  return [
    ...toFact(
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
    ...toFact(t("party"), parties),
    {
      name: t("phones"),
      value: (
        <>
          <PhoneText phone={phone} />, {t("thisOne")}
        </>
      ),
      notes: otherPhones.flatMap(({ id, phone: other }) =>
        other === null ? [] : <OtherPhone key={id} id={id} phone={other} />,
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
            notes: [
              zoneCity(locale, zone),
              ...(otherZoneCount > 0 ? [t("severalZones", { count: otherZoneCount + 1 })] : []),
            ],
          },
        ]
      : []),
    ...toFact(t("language"), listLanguages(contacts, locale)),
  ];
}

/** Links to another phone of the person. Opt-outs and calls of either phone count for both. */
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

/** Lists the people's languages in the reader's language. */
function listLanguages(contacts: NumberView["person"]["contacts"], reader: string): string[] {
  const names = new Intl.DisplayNames(reader, { type: "language", fallback: "code" });
  return contacts.flatMap(({ locale }) => (locale === null ? [] : (names.of(locale) ?? locale)));
}

/**
 * Makes a fact of the values, the first as its value and the others as notes; none if there are no values.
 * Equal texts appear once.
 */
const toFact = (name: string, values: readonly ReactNode[]): Fact[] => {
  const [value, ...notes] = new Set(values);
  return value === undefined ? [] : [{ name, value, notes }];
};

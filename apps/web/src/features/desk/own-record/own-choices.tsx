import type { OwnRecord } from "@ringfence/services/desk/own-record";
import { useFormatter, useTranslations } from "next-intl";
import { RefusableDialer, anyCalls } from "@ringfence/core/do-not-call/call-preference";
import { Weekday, formatMinute } from "@ringfence/core/platform/time";
import { PreferenceList } from "@/components/call-preferences";
import { PublicLink } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { Checkbox, SelectField, WeekdayFields } from "@/components/fields";
import { Section } from "@/components/page-layout";
import { chooseOwnPreferences, declineOwnTopics } from "./actions";

type OwnTopicsProps = Pick<OwnRecord, "purposes"> & {
  /** The organization's part of the URL, and the encrypted id of the person whose record this is. */
  page: { address: string; owner: string };
};

/** Lets the person stop calls about some topics. Calls about the others stay as they are. */
export function OwnTopics({ purposes, page }: OwnTopicsProps) {
  const t = useTranslations("ownRecord");
  return (
    <Section title={t("topics")}>
      <form action={declineOwnTopics.bind(null, page)} className="grid gap-3 pt-3">
        <fieldset className="grid gap-1.5">
          <legend className="pb-2">{t("topicsLead")}</legend>
          {purposes.map(({ key, name }) => (
            <Checkbox key={key} name="topic" value={key} label={name} />
          ))}
        </fieldset>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("topicsSend")}
        </PublicSubmit>
      </form>
    </Section>
  );
}

type OwnPreferencesProps = Pick<OwnRecord, "preferences"> & {
  /** False if the person came by a code that somebody handed them: they can then take nothing back. */
  hasProvedPhone: boolean;
  page: { address: string; owner: string };
  /** Says what to choose differently, after a choice that leaves no time for calls. */
  fault: string | undefined;
};

/** Lets the person choose days, hours and ways of calling. It can only stop calls, and the law's hours stay. */
export function OwnPreferences(props: OwnPreferencesProps) {
  const { preferences, hasProvedPhone, page, fault } = props;
  const t = useTranslations("ownRecord");
  const { hours, refusedDialers } = preferences.at(-1) ?? anyCalls;
  return (
    <Section title={t("preferences")}>
      <form action={chooseOwnPreferences.bind(null, page)} className="grid gap-4 pt-3">
        <p>{t("preferencesLead")}</p>
        {(!hasProvedPhone || preferences.length > 1) && (
          <div className="grid gap-1.5">
            <p>{t(hasProvedPhone ? "preferencesSeveral" : "preferencesOnlyMore")}</p>
            <PreferenceList preferences={preferences} />
          </div>
        )}
        <WeekdayFields
          legend={t("preferredDays")}
          fault={fault}
          toBox={(day) => {
            const weekday = Weekday.options[day];
            return {
              name: "day",
              value: weekday,
              defaultChecked: weekday !== undefined && hours.days.includes(weekday),
            };
          }}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            name="from"
            label={t("preferredFrom")}
            choices={hourChoices.slice(0, -1)}
            chosen={hours.from}
          />
          <SelectField
            name="to"
            label={t("preferredTo")}
            choices={hourChoices.slice(1)}
            chosen={hours.to}
          />
        </div>
        <fieldset className="grid gap-1.5">
          <legend className="pb-2 font-medium">{t("refusedWays")}</legend>
          {RefusableDialer.options.map((dialer) => (
            <Checkbox
              key={dialer}
              name="refused"
              value={dialer}
              defaultChecked={refusedDialers.includes(dialer)}
              label={t(`ways.${dialer}`)}
            />
          ))}
        </fieldset>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("preferencesSend")}
        </PublicSubmit>
      </form>
    </Section>
  );
}

/** Every hour of the day, and its end. */
const hourChoices = Array.from({ length: 25 }, (_, hour) => {
  const clock = formatMinute(hour * 60);
  return { key: clock, name: clock };
});

type OwnAgreementsProps = Pick<OwnRecord, "purposes"> & {
  /** The forms, each with its address. */
  forms: readonly (OwnRecord["forms"][number] & { href: string })[];
};

/** Leads to the forms with which the person agrees, by a code to their own phone. */
export function OwnAgreements({ forms, purposes }: OwnAgreementsProps) {
  const t = useTranslations("ownRecord");
  const format = useFormatter();
  const toPurposeName = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  if (forms.length === 0) return null;
  return (
    <Section title={t("agree")}>
      <p className="pt-3">{t("agreeLead")}</p>
      <ul>
        {forms.map(({ address, href, texts }) => (
          <li key={address} className="grid gap-2 border-b border-line py-3">
            {texts.map(({ id, seller, title, language, purposes: keys }) => (
              <p key={id}>
                <span lang={language}>{title}</span>
                <span className="block text-base text-muted">
                  {format.list([seller, ...keys.map(toPurposeName)])}
                </span>
              </p>
            ))}
            <PublicLink href={href}>{t("agreeOpen")}</PublicLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}

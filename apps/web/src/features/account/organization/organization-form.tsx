"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { SaveForm } from "@/components/save-form";
import { useShowDone, useTRPC } from "@/trpc/client";
import {
  ChangeOrganization,
  type OrganizationHours,
  type OrganizationSettings,
} from "@ringfence/core/account/organization";
import {
  Checkbox,
  Field,
  Input,
  NumberField,
  RadioGroup,
  SelectField,
  WeekdayFields,
} from "@/components/fields";
import { NameField } from "./seller-and-purpose-forms";
import { type OpenWindow, Weekday } from "@ringfence/core/platform/time";
import { useState } from "react";
import { MoreFields } from "@/components/more-fields";
import { typedText } from "@/components/typed-text";
import { formatZone } from "@/i18n/format-time";

type OrganizationFormProps = OrganizationFieldsProps & { whyNot: string | undefined };

/** Form for the organization's settings. They apply from the next screening on. */
export function OrganizationForm({ whyNot, ...fields }: OrganizationFormProps) {
  const t = useTranslations("organization");
  const showDone = useShowDone();
  const trpc = useTRPC();
  const saving = useMutation(
    trpc.organization.change.mutationOptions({ onSuccess: () => showDone(t("saved")) }),
  );
  return (
    <SaveForm
      read={(form) => readOrganizationForm(form, fields.organization)}
      saving={saving}
      words={{ save: t("save"), saving: t("saving"), odd: t("odd") }}
      whyNot={whyNot}
    >
      <OrganizationFields {...fields} />
    </SaveForm>
  );
}

const dialers = ["live_agent", "predictive", "prerecorded", "ai_voice"] as const;

type OrganizationFieldsProps = {
  organization: OrganizationSettings;
  /** Calling hours that the form suggests to an organization without hours of its own. */
  defaultHours: OrganizationHours;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
};

function OrganizationFields({
  organization,
  defaultHours,
  regions,
  zones,
}: OrganizationFieldsProps) {
  const t = useTranslations("organization");
  const dialerNames = useTranslations("dialers");
  const languages = useTranslations("settings.locales");
  return (
    <>
      <NameField
        words={{ label: t("name"), hint: t("nameHint") }}
        defaultValue={organization.name}
      />
      <SelectField
        name="homeRegion"
        label={t("homeRegion")}
        hint={t("homeRegionHint")}
        choices={regions}
        chosen={organization.homeRegion}
      />
      <RadioGroup
        legend={t("dialer")}
        radio={{ name: "dialer" }}
        chosen={organization.dialer}
        choices={dialers.map((value) => ({
          value,
          label: dialerNames(value),
          hint: t(`dialerMeans.${value}`),
        }))}
      />
      <MoreFields
        note={t("advancedNote", {
          language: languages(organization.locale),
          zone: formatZone(organization.zone),
          hours: organization.hours === null ? "law" : "own",
        })}
      >
        <SelectField
          name="locale"
          label={t("locale")}
          hint={t("localeHint")}
          choices={(["en", "ru"] as const).map((key) => ({ key, name: languages(key) }))}
          chosen={organization.locale}
        />
        <SelectField
          name="zone"
          label={t("zone")}
          hint={t("zoneHint")}
          choices={zones.map((zone) => ({ key: zone, name: formatZone(zone) }))}
          chosen={organization.zone}
        />
        <NumberField
          name="complaintDays"
          label={t("complaintDays")}
          hint={t("complaintDaysHint")}
          isRequired
          min={1}
          max={90}
          initial={organization.complaintDays}
        />
        <HoursFields hours={organization.hours} defaultHours={defaultHours} />
      </MoreFields>
    </>
  );
}

const noHours: OpenWindow = { days: [], from: "", to: "" };

type HoursFieldsProps = { hours: OrganizationHours | null; defaultHours: OrganizationHours };

/**
 * Fields for the organization's own calling hours, shown if it has any. Without any yet, they suggest the default
 * hours.
 */
function HoursFields({ hours, defaultHours }: HoursFieldsProps) {
  const t = useTranslations("organization");
  const [hasOwnHours, setHasOwnHours] = useState(hours !== null);
  const { windows, holidaysClosed } = hours ?? defaultHours;
  const [{ days, from, to } = noHours] = windows;
  return (
    <fieldset className="grid gap-4">
      <legend className="pb-1 font-medium">{t("hours")}</legend>
      <Checkbox
        name="ownHours"
        label={t("ownHours")}
        hint={t("ownHoursHint")}
        checked={hasOwnHours}
        onChange={({ currentTarget }) => setHasOwnHours(currentTarget.checked)}
      />
      {hasOwnHours && (
        <>
          <WeekdayFields
            legend={t("days")}
            toBox={(index) => {
              const day = Weekday.options[index] ?? "MO";
              return { name: "days", value: day, defaultChecked: days.includes(day) };
            }}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Hour name="from" label={t("from")} hint={t("fromHint")} hour={from} />
            <Hour name="to" label={t("to")} hint={t("toHint")} hour={to} />
          </div>
          <Checkbox
            name="holidaysClosed"
            label={t("holidaysClosed")}
            hint={t("holidaysClosedHint")}
            defaultChecked={holidaysClosed}
          />
        </>
      )}
    </fieldset>
  );
}

type HourProps = { name: "from" | "to"; label: string; hint: string; hour: string };

const Hour = ({ name, label, hint, hour }: HourProps) => (
  <Field label={label} hint={hint}>
    {(wired) => (
      <Input
        {...wired}
        name={name}
        required
        pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
        inputMode="numeric"
        defaultValue={hour}
      />
    )}
  </Field>
);

/** Reads the form into the command's input, with the settings that the page was opened with. */
function readOrganizationForm(form: FormData, before: OrganizationSettings) {
  const hours = form.has("ownHours")
    ? {
        windows: [
          { days: form.getAll("days"), from: typedText(form, "from"), to: typedText(form, "to") },
        ],
        holidaysClosed: form.has("holidaysClosed"),
      }
    : null;
  const complaintDays = Number(typedText(form, "complaintDays"));
  return ChangeOrganization.safeParse({
    ...Object.fromEntries(form),
    hours,
    complaintDays,
    before,
  });
}

"use client";
import type { CampaignId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { MAX_OFFERS } from "@ringfence/core/audience/campaign";
import { Dialer } from "@ringfence/core/account/organization";
import { Weekday } from "@ringfence/core/platform/time";
import { MoreFields, MoreTitle } from "@/components/more-fields";
import { SaveForm, useShowSaved } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import { type CampaignChoices, type PlanDraft, parsePlan } from "./plan";
import {
  CheckboxGroup,
  Field,
  Input,
  NumberField,
  SelectField,
  WeekdayFields,
  type Choice,
} from "@/components/fields";

type CampaignFormProps = {
  /** Null for a new campaign. */
  campaign: { id: CampaignId; version: number } | null;
  plan: PlanDraft;
  choices: CampaignChoices;
};

/** Edits the draft of a campaign. */
export function CampaignForm({ campaign, plan, choices }: CampaignFormProps) {
  const t = useTranslations("campaignForm");
  const onSuccess = useShowSaved("/campaigns", campaign === null, t("saved"));
  const trpc = useTRPC();
  const save = useMutation(trpc.campaign.save.mutationOptions({ onSuccess }));
  return (
    <SaveForm
      read={(form) => parsePlan(campaign, form)}
      saving={save}
      words={{ save: t("save"), saving: t("saving") }}
    >
      {(faults) => (
        <>
          <PlanFields {...{ plan, choices, faults }} />
          <AdvancedFields {...{ plan, faults }} />
        </>
      )}
    </SaveForm>
  );
}

type PlanFieldsProps = { plan: PlanDraft; choices: CampaignChoices; faults: readonly unknown[] };

const byId = (all: readonly { id: string; name: string }[]): Choice[] =>
  all.map(({ id, name }) => ({ key: id, name }));

/** Fields without a default: who is called with which offers, how, and from which number. */
function PlanFields({ plan, choices, faults }: PlanFieldsProps) {
  const t = useTranslations("campaignForm");
  const dialers = useTranslations("dialers");
  const { offers, segments, sellers } = choices;
  return (
    <>
      <Field label={t("name")}>
        {(wired) => (
          <Input {...wired} name="name" required maxLength={80} defaultValue={plan.name} />
        )}
      </Field>
      <Field label={t("key")} hint={t("keyHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="key"
            required
            pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,31}"
            defaultValue={plan.key}
          />
        )}
      </Field>
      <CheckboxGroup
        legend={t("offers")}
        hint={t("offersHint", { most: MAX_OFFERS })}
        fault={faults.includes("offerIds") ? t("offersFault", { most: MAX_OFFERS }) : undefined}
        name="offerIds"
        choices={byId(offers)}
        // In a new campaign the first one is chosen.
        chosen={plan.offerIds ?? offers.slice(0, 1).map(({ id }) => id)}
      />
      <SelectField
        name="segmentId"
        label={t("segment")}
        hint={t("segmentHint")}
        choices={byId(segments)}
        chosen={plan.segmentId ?? segments[0]?.id}
      />
      <SelectField
        name="seller"
        label={t("seller")}
        hint={t("sellerHint")}
        choices={sellers}
        chosen={plan.seller}
      />
      <SelectField
        name="dialer"
        label={t("dialer")}
        hint={t("dialerHint")}
        choices={Dialer.options.map((key) => ({ key, name: dialers(key) }))}
        chosen={plan.dialer}
      />
      <Field label={t("callerNumber")} hint={t("callerNumberHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="callerNumber"
            type="tel"
            required
            maxLength={64}
            autoComplete="off"
            defaultValue={plan.callerNumber}
          />
        )}
      </Field>
    </>
  );
}

type AdvancedFieldsProps = { plan: PlanDraft; faults: readonly unknown[] };

/** Calling hours, limits and the call label. All have a default; the closed fold names hours, cap and refusal limit. */
function AdvancedFields({ plan, faults }: AdvancedFieldsProps) {
  const t = useTranslations("campaignForm");
  const format = useFormatter();
  const dayNames = useTranslations("weekdays");
  const { hours, cap, refusalLimit } = plan;
  return (
    <MoreFields
      note={t("advancedNote", {
        hours: t("hoursTold", {
          days: hours.days.map((day) => dayNames(day)).join(", "),
          from: hours.from,
          to: hours.to,
        }),
        cap: t("capTold", cap),
        limit: format.number(refusalLimit, { style: "percent", maximumFractionDigits: 1 }),
      })}
    >
      <MoreTitle>{t("hours")}</MoreTitle>
      <HoursFields hours={hours} faults={faults} />
      <MoreTitle>{t("limits")}</MoreTitle>
      <LimitFields plan={plan} />
      <MoreTitle>{t("label")}</MoreTitle>
      <Field label={t("labelText")} hint={t("labelHint")} isOptional>
        {(wired) => <Input {...wired} name="label" maxLength={64} defaultValue={plan.label} />}
      </Field>
      <Field label={t("labelContract")} hint={t("labelContractHint")} isOptional>
        {(wired) => (
          <Input
            {...wired}
            name="labelContract"
            maxLength={200}
            defaultValue={plan.labelContract}
          />
        )}
      </Field>
    </MoreFields>
  );
}

type HoursFieldsProps = { hours: PlanDraft["hours"]; faults: readonly unknown[] };

/** Fields for the days and hours of a campaign. */
function HoursFields({ hours, faults }: HoursFieldsProps) {
  const t = useTranslations("campaignForm");
  return (
    <>
      <WeekdayFields
        legend={t("days")}
        fault={faults.includes("days") ? t("daysFault") : undefined}
        toBox={(index) => {
          const day = Weekday.options[index] ?? "MO";
          return { name: "days", value: day, defaultChecked: hours.days.includes(day) };
        }}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        {(["from", "to"] as const).map((end) => (
          <Field
            key={end}
            label={t(end)}
            hint={t(`${end}Hint`)}
            fault={end === "to" && faults.includes("hours") ? t("toFault") : undefined}
          >
            {(wired) => (
              <Input
                {...wired}
                name={end}
                required
                pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
                inputMode="numeric"
                defaultValue={hours[end]}
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}

/** Fields for the frequency cap, the priority and the share of refusals that pauses the campaign. */
function LimitFields({ plan: { cap, priority, refusalLimit } }: { plan: PlanDraft }) {
  const t = useTranslations("campaignForm");
  const numbers = [
    ["capCalls", cap.calls, 1, 10],
    ["capDays", cap.days, 1, 30],
    ["priority", priority, 1, 100],
    ["refusalLimit", Math.round(refusalLimit * 1_000) / 10, 1, 90],
  ] as const;
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {numbers.map(([name, value, min, max]) => (
        <NumberField
          key={name}
          name={name}
          label={t(name)}
          hint={t(`${name}Hint`)}
          isRequired
          min={min}
          max={max}
          initial={value}
        />
      ))}
    </div>
  );
}

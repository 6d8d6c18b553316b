"use client";
import type { CampaignId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { MAX_OFFERS } from "@ringfence/core/audience/campaign";
import { Dialer } from "@ringfence/core/account/organization";
import { type ReactNode, useId } from "react";
import { Weekday } from "@ringfence/core/platform/time";
import { SaveForm } from "@/components/save-form";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { type CampaignChoices, type PlanDraft, parsePlan } from "./plan";
import { Checkbox, Field, Input, Select, WeekdayFields } from "@/components/fields";

type CampaignFormProps = {
  /** Null for a new campaign. */
  campaign: { id: CampaignId; version: number } | null;
  plan: PlanDraft;
  choices: CampaignChoices;
  whyNot?: string | undefined;
};

/** Edits the draft of a campaign. */
export function CampaignForm({ campaign, plan, choices, whyNot }: CampaignFormProps) {
  const t = useTranslations("campaignForm");
  const router = useRouter();
  const trpc = useTRPC();
  const save = useMutation(
    trpc.campaign.save.mutationOptions({
      onSuccess({ id }) {
        showToast({ tone: "done", title: t("saved") });
        if (campaign === null) router.push(`/campaigns/${id}`);
        else router.refresh();
      },
    }),
  );
  return (
    <SaveForm
      read={(form) => parsePlan(campaign, form)}
      saving={save}
      words={{ save: t("save"), saving: t("saving"), odd: t("odd") }}
      whyNot={whyNot}
    >
      <PlanFields plan={plan} choices={choices} />
      <LimitFields plan={plan} />
    </SaveForm>
  );
}

type WhatFieldsProps = { plan: PlanDraft; choices: CampaignChoices };
type Option = { key: string; name: ReactNode };

const byId = (all: readonly { id: string; name: string }[]): Option[] =>
  all.map(({ id, name }) => ({ key: id, name }));

/** Fields for offers, segment, seller and dialing. */
function PlanFields({ plan, choices }: WhatFieldsProps) {
  const t = useTranslations("campaignForm");
  const dialers = useTranslations("dialers");
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
      <OfferBoxes offers={choices.offers} at={plan.offerIds} />
      <Choose
        name="segmentId"
        label={t("segment")}
        options={byId(choices.segments)}
        at={plan.segmentId}
      />
      <Choose name="seller" label={t("seller")} options={choices.sellers} at={plan.seller} />
      <Choose
        name="dialer"
        label={t("dialer")}
        options={Dialer.options.map((key) => ({ key, name: dialers(key) }))}
        at={plan.dialer}
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
      <LabelFields label={plan.label} labelContract={plan.labelContract} />
    </>
  );
}

/** Fields for the label that the called person's operator shows with the call. */
function LabelFields({ label, labelContract }: Pick<PlanDraft, "label" | "labelContract">) {
  const t = useTranslations("campaignForm");
  return (
    <>
      <Field label={t("label")} hint={t("labelHint")} isOptional>
        {(wired) => <Input {...wired} name="label" maxLength={64} defaultValue={label} />}
      </Field>
      <Field label={t("labelContract")} hint={t("labelContractHint")} isOptional>
        {(wired) => (
          <Input {...wired} name="labelContract" maxLength={200} defaultValue={labelContract} />
        )}
      </Field>
    </>
  );
}

type OfferBoxesProps = {
  offers: CampaignChoices["offers"];
  /** Chosen offers. In a new campaign the first one is chosen. */
  at: readonly string[] | undefined;
};

/** Checkboxes for offers. Of several, each person gets the one that fits them best. */
function OfferBoxes({ offers, at = offers.slice(0, 1).map(({ id }) => id) }: OfferBoxesProps) {
  const t = useTranslations("campaignForm");
  const hintId = useId();
  return (
    <fieldset aria-describedby={hintId} className="grid gap-1">
      <legend className="pb-1 font-medium">{t("offers")}</legend>
      {offers.map(({ id, name }) => (
        <Checkbox
          key={id}
          name="offerIds"
          value={id}
          label={name}
          defaultChecked={at.includes(id)}
        />
      ))}
      <p id={hintId} className="text-sm text-muted">
        {t("offersHint", { most: MAX_OFFERS })}
      </p>
    </fieldset>
  );
}

type ChooseProps = {
  name: string;
  label: string;
  options: readonly Option[];
  at: string | undefined;
};

const Choose = ({ name, label, options, at }: ChooseProps) => (
  <Field label={label}>
    {(wired) => (
      <Select {...wired} name={name} required defaultValue={at ?? options[0]?.key ?? ""}>
        {options.map((option) => (
          <option key={option.key} value={option.key}>
            {option.name}
          </option>
        ))}
      </Select>
    )}
  </Field>
);

/** Fields for calling hours, frequency cap, priority and the opt-out limit that pauses the campaign. */
function LimitFields({ plan }: { plan: PlanDraft }) {
  const t = useTranslations("campaignForm");
  const numbers = [
    ["capCalls", plan.cap.calls, 1, 10],
    ["capDays", plan.cap.days, 1, 30],
    ["priority", plan.priority, 1, 100],
    ["refusalLimit", Math.round(plan.refusalLimit * 1_000) / 10, 1, 90],
  ] as const;
  return (
    <>
      <WeekdayFields
        legend={t("days")}
        toBox={(index) => {
          const day = Weekday.options[index] ?? "MO";
          return { name: "days", value: day, defaultChecked: plan.hours.days.includes(day) };
        }}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {(["from", "to"] as const).map((end) => (
          <Field key={end} label={t(end)} hint={t(`${end}Hint`)}>
            {(wired) => (
              <Input
                {...wired}
                name={end}
                required
                pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
                inputMode="numeric"
                defaultValue={plan.hours[end]}
              />
            )}
          </Field>
        ))}
        {numbers.map(([name, value, min, max]) => (
          <Field key={name} label={t(name)} hint={t(`${name}Hint`)}>
            {(wired) => (
              <Input
                {...wired}
                name={name}
                type="number"
                required
                min={min}
                max={max}
                defaultValue={value}
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}

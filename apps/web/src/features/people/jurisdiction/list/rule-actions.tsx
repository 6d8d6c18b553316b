"use client";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/action-button";
import { useMutation } from "@tanstack/react-query";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, ReasonField, SelectField } from "@/components/fields";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";

type EaseRuleProps = { ruleId: string; alone: number; whyNot: string | undefined };

/**
 * Lets an unverified rule only warn. The officer sees how many calls of the last day would have been allowed, and gives
 * a reason.
 */
export function EaseRule({ ruleId, alone, whyNot }: EaseRuleProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t("ease"),
        openOne: t("easeOne", { rule: ruleId }),
        title: t("easeTitle", { rule: ruleId }),
      }}
      whyNot={whyNot}
      read={(form) => ({ data: { ruleId, reason: typedText(form, "reason") } })}
      saving={useMutation(trpc.jurisdiction.easeRule.mutationOptions())}
    >
      <p>{t("easeBody", { alone })}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

type RestoreRuleProps = { ruleId: string; whyNot: string | undefined };

/** Lets a rule refuse again. No reason is needed, because that allows nothing. */
export function RestoreRule({ ruleId, whyNot }: RestoreRuleProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.jurisdiction.restoreRule.mutationOptions())}
      data={{ ruleId }}
      whyNot={whyNot}
      done={t("restored")}
    >
      {t("restore")}
    </ActionButton>
  );
}

export type Place = { id: JurisdictionId; name: string };

type DeclareEmergencyProps = {
  places: readonly Place[];
  /** Jurisdiction whose rules are shown. It is selected at first if an emergency can be declared there. */
  shown: Place;
  whyNot: string | undefined;
};

export function DeclareEmergency({ places, shown, whyNot }: DeclareEmergencyProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{ open: t("declare"), title: t("declareTitle") }}
      whyNot={whyNot}
      read={(form) => ({
        data: {
          jurisdiction: typedText(form, "jurisdiction"),
          reason: typedText(form, "reason"),
        },
      })}
      saving={useMutation(trpc.jurisdiction.declareEmergency.mutationOptions())}
    >
      <p>{t("declareBody")}</p>
      <PlaceField name="jurisdiction" label={t("place")} places={places} shown={shown} />
      <ReasonField label={t("reason")} hint={t("emergencyHint")} />
    </EditDialog>
  );
}

type EndEmergencyProps = { id: string; whyNot: string | undefined };

export function EndEmergency({ id, whyNot }: EndEmergencyProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.jurisdiction.endEmergency.mutationOptions())}
      data={{ id }}
      whyNot={whyNot}
      done={t("isOver")}
    >
      {t("over")}
    </ActionButton>
  );
}

/** A place, or a region of one, that an officer can close for a day. */
export type ClosablePlace = {
  /** Code of the region, or else of the place. */
  id: string;
  name: string;
  jurisdiction: JurisdictionId;
  region: string | null;
};

type AddClosedDayProps = {
  places: readonly ClosablePlace[];
  shown: Place;
  whyNot: string | undefined;
};

/** Adds days without calls in a jurisdiction or one of its regions, with a reason. */
export function AddClosedDay({ places, shown, whyNot }: AddClosedDayProps) {
  const t = useTranslations("closedDays");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{ open: t("add"), title: t("addTitle") }}
      whyNot={whyNot}
      read={(form) => {
        const first = typedText(form, "first");
        const chosen = places.find(({ id }) => id === typedText(form, "place"));
        return {
          data: {
            jurisdiction: chosen?.jurisdiction ?? "",
            region: chosen?.region ?? null,
            first,
            last: typedText(form, "last") || first,
            reason: typedText(form, "reason"),
          },
        };
      }}
      saving={useMutation(trpc.jurisdiction.addClosedDay.mutationOptions())}
    >
      <p>{t("addBody")}</p>
      <PlaceField name="place" label={t("place")} places={places} shown={shown} />
      <Field label={t("first")}>
        {(wired) => <Input {...wired} type="date" name="first" required />}
      </Field>
      <Field label={t("last")} isOptional hint={t("lastHint")}>
        {(wired) => <Input {...wired} type="date" name="last" />}
      </Field>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </EditDialog>
  );
}

type EndClosedDayProps = { id: string; label: string; whyNot: string | undefined };

/** Ends days without calls. */
export function EndClosedDay({ id, label, whyNot }: EndClosedDayProps) {
  const t = useTranslations("closedDays");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.jurisdiction.endClosedDay.mutationOptions())}
      data={{ id }}
      label={label}
      whyNot={whyNot}
      done={t("ended")}
    >
      {t("end")}
    </ActionButton>
  );
}

type PlaceFieldProps = {
  name: string;
  label: string;
  places: readonly { id: string; name: string }[];
  shown: Place;
};

/** Select for a place. The one whose rules are shown is selected, if it can be. */
const PlaceField = ({ name, label, places, shown }: PlaceFieldProps) => (
  <SelectField
    name={name}
    label={label}
    choices={places.map(({ id, name }) => ({ key: id, name }))}
    chosen={places.find(({ id }) => id === shown.id)?.id}
  />
);

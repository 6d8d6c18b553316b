"use client";

import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EditDialog } from "@/components/edit-dialog";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

export type Place = { id: JurisdictionId; name: string };

type DeclareEmergencyProps = {
  places: readonly Place[];
  /** Place whose rules are shown. It is selected at first if an emergency can be declared there. */
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
      <Field label={t("place")}>
        {(wired) => (
          <Select
            {...wired}
            name="jurisdiction"
            defaultValue={places.find(({ id }) => id === shown.id)?.id}
          >
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("reason")} hint={t("emergencyHint")}>
        {(wired) => <Textarea {...wired} name="reason" required minLength={10} maxLength={500} />}
      </Field>
    </EditDialog>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EditDialog } from "@/components/edit-dialog";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import type { Place } from "./declare-emergency";

type AddClosedDayProps = { places: readonly Place[]; shown: Place; whyNot: string | undefined };

/** Adds a day on which nobody in a place is called, with the reason. */
export function AddClosedDay({ places, shown, whyNot }: AddClosedDayProps) {
  const t = useTranslations("closedDays");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{ open: t("add"), title: t("addTitle") }}
      whyNot={whyNot}
      read={(form) => {
        const first = typedText(form, "first");
        return {
          data: {
            jurisdiction: typedText(form, "jurisdiction"),
            first,
            last: typedText(form, "last") || first,
            reason: typedText(form, "reason"),
          },
        };
      }}
      saving={useMutation(trpc.jurisdiction.addClosedDay.mutationOptions())}
    >
      <p>{t("addBody")}</p>
      <Field label={t("place")}>
        {(wired) => (
          <Select {...wired} name="jurisdiction" defaultValue={shown.id}>
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("first")}>
        {(wired) => <Input {...wired} type="date" name="first" required />}
      </Field>
      <Field label={t("last")} hint={t("lastHint")}>
        {(wired) => <Input {...wired} type="date" name="last" />}
      </Field>
      <Field label={t("reason")} hint={t("reasonHint")}>
        {(wired) => <Textarea {...wired} name="reason" required minLength={10} maxLength={500} />}
      </Field>
    </EditDialog>
  );
}

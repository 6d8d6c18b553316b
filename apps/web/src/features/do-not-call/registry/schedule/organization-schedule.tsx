"use client";
import { SetReadingSchedule } from "@ringfence/core/do-not-call/registry";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SubmitForm } from "@/components/save-form";
import { Field, Select } from "@/components/fields";
import { useSubmit } from "@/components/form-faults";
import { ScheduleFields } from "@/components/schedule-fields";
import { showToast } from "@/components/toast";
import { formatZone } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";

type ReadingsFormProps = { initial: SetReadingSchedule; zones: readonly string[] };

/** Sets when the organization's registries are read, and its time zone. */
export function ReadingsForm({ initial, zones }: ReadingsFormProps) {
  const t = useTranslations("schedule");
  const [entered, setEntered] = useState(initial);
  const set = useSetReadings();
  const { faults, submit } = useSubmit(SetReadingSchedule.safeParse(entered), set.mutate);
  return (
    <SubmitForm
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={submit}
      noValidate
      error={set.error?.message}
      submit={t("save")}
      busy={set.isPending && t("saving")}
    >
      <Field label={t("zone")} hint={t("zoneHint")}>
        {(wired) => (
          <Select
            {...wired}
            value={entered.zone}
            onChange={({ currentTarget }) => setEntered({ ...entered, zone: currentTarget.value })}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {formatZone(zone)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <ScheduleFields
        schedule={entered.readings}
        onSchedule={(readings) => setEntered({ ...entered, readings })}
        isTried={faults.length > 0}
        hints={{ from: t("fromHint"), within: t("withinHint") }}
      />
    </SubmitForm>
  );
}

function useSetReadings() {
  const t = useTranslations("schedule");
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.registry.setReadings.mutationOptions({
      onSuccess() {
        router.push("/registries");
        router.refresh();
        showToast({ tone: "done", title: t("saved") });
      },
    }),
  );
}

"use client";

import { AFTER_REGISTRIES, SetBlockedList } from "@ringfence/core/do-not-call/blocked-list";
import type { ReadingSchedule } from "@ringfence/core/do-not-call/registry";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SubmitForm } from "@/components/save-form";
import { ChoiceField, TextField } from "@/components/fields";
import { useSubmit } from "@/components/form-faults";
import { ScheduleFields } from "@/components/schedule-fields";
import { useShowDone, useTRPC } from "@/trpc/client";

type BlockedListFormProps = { initial: ReadingSchedule | null; initialReason: string | null };

/** Sets whether and when the blocked list is written, and its purpose. */
export function BlockedListForm({ initial, initialReason }: BlockedListFormProps) {
  const t = useTranslations("blockedList");
  const [schedule, setSchedule] = useState(initial);
  const [reason, setReason] = useState(initialReason ?? "");
  const set = useSetBlockedList();
  const fields = schedule === null ? { schedule } : { schedule, reason };
  const { faults, submit } = useSubmit(SetBlockedList.safeParse(fields), set.mutate);
  const isTried = faults.length > 0;
  return (
    <SubmitForm
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={submit}
      noValidate
      error={set.error?.message}
      submit={t("save")}
      busy={set.isPending && t("saving")}
    >
      <ChoiceField
        label={t("choice")}
        hint={t("choiceHint")}
        choices={[
          { key: "off", name: t("off") },
          { key: "on", name: t("on") },
        ]}
        chosen={schedule === null ? "off" : "on"}
        onChoose={(key) => setSchedule(key === "on" ? (initial ?? AFTER_REGISTRIES) : null)}
      />
      {schedule !== null && (
        <>
          <TextField
            words={{ label: t("reason"), hint: t("reasonHint"), fault: t("reasonFault") }}
            isFault={isTried && reason.trim() === ""}
            value={reason}
            onText={setReason}
          />
          <ScheduleFields
            schedule={schedule}
            onSchedule={setSchedule}
            isTried={isTried}
            hints={{ from: t("fromHint"), within: t("withinHint") }}
          />
        </>
      )}
    </SubmitForm>
  );
}

function useSetBlockedList() {
  const t = useTranslations("blockedList");
  const trpc = useTRPC();
  const showDone = useShowDone();
  return useMutation(
    trpc.blockedList.set.mutationOptions({ onSuccess: () => showDone(t("saved")) }),
  );
}

"use client";

import { nightly, type ReadingSchedule } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { ChoiceField } from "@/components/choice-field";
import { ScheduleFields } from "@/components/schedule-fields";

type OwnScheduleProps = {
  schedule: ReadingSchedule | null;
  onSchedule: (schedule: ReadingSchedule | null) => void;
  /** Whether somebody has tried to save what is wrong. */
  isTried: boolean;
};

/** Whether a registry is read when the organization's others are, or at times of its own. */
export function OwnSchedule({ schedule, onSchedule, isTried }: OwnScheduleProps) {
  const t = useTranslations("schedule");
  return (
    <>
      <ChoiceField
        label={t("choice")}
        hint={t("ownHint")}
        choices={[
          { key: "usual", name: t("usual") },
          { key: "own", name: t("own") },
        ]}
        chosen={schedule === null ? "usual" : "own"}
        onChoose={(key) => onSchedule(key === "own" ? nightly : null)}
      />
      {schedule !== null && (
        <ScheduleFields
          {...{ schedule, onSchedule, isTried }}
          hints={{ from: t("fromHint"), within: t("withinHint") }}
        />
      )}
    </>
  );
}

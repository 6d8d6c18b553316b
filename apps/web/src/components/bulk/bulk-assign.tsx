"use client";
import { MemberId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field, Select } from "../fields";
import { BulkAct } from "./bulk-act";

const NOBODY = "nobody";

type BulkAssignProps = {
  title: string;
  members: readonly { id: MemberId; name: string }[];
  assign: (id: string, memberId: MemberId | null) => Promise<unknown>;
};

/** Assigns all chosen rows to one member, or to nobody. Neither is chosen beforehand. */
export function BulkAssign({ title, members, assign }: BulkAssignProps) {
  const t = useTranslations("bulk");
  const [choice, setChoice] = useState("");
  const memberId = choice === NOBODY ? null : MemberId.safeParse(choice).data;
  return (
    <BulkAct
      label={t("assign")}
      title={title}
      isReady={memberId !== undefined}
      act={async (id) => {
        if (memberId !== undefined) await assign(id, memberId);
      }}
    >
      <Field label={t("assignee")}>
        {(wired) => (
          <Select
            {...wired}
            value={choice}
            onChange={({ currentTarget }) => setChoice(currentTarget.value)}
          >
            <option value="">{t("chooseAssignee")}</option>
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value={NOBODY}>{t("nobody")}</option>
          </Select>
        )}
      </Field>
    </BulkAct>
  );
}

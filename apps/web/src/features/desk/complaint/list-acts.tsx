"use client";
import { ComplaintId, MemberId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BulkAct } from "@/components/bulk/bulk-act";
import { Field, Select } from "@/components/fields";
import { useTRPCClient } from "@/trpc/client";

type AssignComplaintsProps = {
  assignees: readonly { id: MemberId; name: string }[];
  whyNot: string | undefined;
};

/** Assigns all chosen complaints to one member, or to nobody. */
export function AssignComplaints({ assignees, whyNot }: AssignComplaintsProps) {
  const t = useTranslations("complaint");
  const words = useTranslations("bulk");
  const client = useTRPCClient();
  const [assigneeId, setAssigneeId] = useState<MemberId | null>(null);
  return (
    <BulkAct
      label={words("assign")}
      title={words("assignComplaints")}
      whyNot={whyNot}
      act={(id) =>
        client.complaint.assign.mutate({ complaintId: ComplaintId.parse(id), assigneeId })
      }
    >
      <Field label={t("assignee")}>
        {(wired) => (
          <Select
            {...wired}
            value={assigneeId ?? ""}
            onChange={({ currentTarget }) =>
              setAssigneeId(MemberId.safeParse(currentTarget.value).data ?? null)
            }
          >
            <option value="">{t("nobody")}</option>
            {assignees.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </BulkAct>
  );
}

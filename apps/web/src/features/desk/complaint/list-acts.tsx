"use client";
import { ComplaintId, type MemberId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { BulkAssign } from "@/components/bulk/bulk-assign";
import { useTRPCClient } from "@/trpc/client";

type AssignComplaintsProps = { assignees: readonly { id: MemberId; name: string }[] };

/** Assigns all chosen complaints to one member, or to nobody. */
export function AssignComplaints({ assignees }: AssignComplaintsProps) {
  const t = useTranslations("bulk");
  const client = useTRPCClient();
  return (
    <BulkAssign
      title={t("assignComplaints")}
      members={assignees}
      assign={(id, assigneeId) =>
        client.complaint.assign.mutate({ complaintId: ComplaintId.parse(id), assigneeId })
      }
    />
  );
}

"use client";
import { type MemberId, ViolationId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { BulkAssign } from "@/components/bulk/bulk-assign";
import { useTRPCClient } from "@/trpc/client";

type AssignViolationsProps = { owners: readonly { id: MemberId; name: string }[] };

/** Assigns all chosen violations to one member, or to nobody. */
export function AssignViolations({ owners }: AssignViolationsProps) {
  const t = useTranslations("bulk");
  const client = useTRPCClient();
  return (
    <BulkAssign
      title={t("assignViolations")}
      members={owners}
      assign={(id, ownerId) =>
        client.violation.assign.mutate({ violationId: ViolationId.parse(id), ownerId })
      }
    />
  );
}

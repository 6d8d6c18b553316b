"use client";
import { MemberId, ViolationId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BulkAct } from "@/components/bulk/bulk-act";
import { Field, Select } from "@/components/fields";
import { useTRPCClient } from "@/trpc/client";

type AssignViolationsProps = {
  owners: readonly { id: MemberId; name: string }[];
  whyNot: string | undefined;
};

/** Assigns all chosen violations to one member, or to nobody. */
export function AssignViolations({ owners, whyNot }: AssignViolationsProps) {
  const t = useTranslations("violation");
  const words = useTranslations("bulk");
  const client = useTRPCClient();
  const [ownerId, setOwnerId] = useState<MemberId | null>(null);
  return (
    <BulkAct
      label={words("assign")}
      title={words("assignViolations")}
      whyNot={whyNot}
      act={(id) => client.violation.assign.mutate({ violationId: ViolationId.parse(id), ownerId })}
    >
      <Field label={t("owner")}>
        {(wired) => (
          <Select
            {...wired}
            value={ownerId ?? ""}
            onChange={({ currentTarget }) =>
              setOwnerId(MemberId.safeParse(currentTarget.value).data ?? null)
            }
          >
            <option value="">{t("nobody")}</option>
            {owners.map(({ id, name }) => (
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

"use client";

import { MemberId, type ViolationId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { useSettling } from "./use-settling";

type OwnerFieldProps = {
  violationId: ViolationId;
  ownerId: MemberId | null;
  owners: readonly { id: MemberId; name: string }[];
};

/** Whose it is to settle; to choose is to give. */
export function OwnerField({ violationId, ownerId, owners }: OwnerFieldProps) {
  const t = useTranslations("violation");
  const { assign } = useSettling();
  return (
    <Field label={t("owner")} hint={t("ownerHint")}>
      {(wired) => (
        <Select
          {...wired}
          value={ownerId ?? ""}
          disabled={assign.isPending}
          onChange={({ currentTarget }) => {
            const chosen = MemberId.safeParse(currentTarget.value).data ?? null;
            assign.mutate({ violationId, ownerId: chosen });
          }}
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
  );
}

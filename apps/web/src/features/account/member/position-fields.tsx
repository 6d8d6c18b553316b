"use client";

import { Role } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";
import { limitableRoles } from "@ringfence/core/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/radio-group";
import { Ticks } from "@/components/ticks";

export type Position = { role: Role; sellerIds: readonly SellerId[] };

type PositionFieldsProps = {
  position: Position;
  onPosition: (position: Position) => void;
  sellers: Awaited<ReturnType<typeof listSellers>>;
};

/** What somebody is to be, in words of what it lets them do; and for which sellers, where that can be limited. */
export function PositionFields({ position, onPosition, sellers }: PositionFieldsProps) {
  const t = useTranslations("newMember");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  return (
    <>
      <RadioGroup
        legend={t("role")}
        radio={{
          name: "role",
          onChange: ({ currentTarget: { value } }) =>
            onPosition({ ...position, role: Role.parse(value) }),
        }}
        choices={Role.options.map((value) => ({ value, label: role(value), hint: may(value) }))}
        chosen={position.role}
      />
      {limitableRoles.includes(position.role) && sellers.length > 1 && (
        <Ticks
          legend={t("sellers")}
          hint={t("sellersHint")}
          choices={sellers.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={position.sellerIds}
          onChosen={(sellerIds) => onPosition({ ...position, sellerIds })}
        />
      )}
    </>
  );
}

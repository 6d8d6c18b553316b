"use client";
import { Role } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";
import { limitableRoles } from "@ringfence/core/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/radio-group";
import { Ticks } from "@/components/ticks";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/button-link";
import { ShownOnce } from "@/components/shown-once";

export type Position = { role: Role; sellerIds: readonly SellerId[] };

type PositionFieldsProps = {
  position: Position;
  onPosition: (position: Position) => void;
  sellers: Awaited<ReturnType<typeof listSellers>>;
};

/** Fields for a member's role, and for their sellers if the role can be limited. */
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

/** Says that a member's password link was mailed, or else shows the link this one time. */
export function MemberLink({ name, address }: { name: string; address: string | null }) {
  const t = useTranslations("newMember");
  const back = (
    <ButtonLink size="small" href="/members">
      {t("back")}
    </ButtonLink>
  );
  if (address === null) {
    return (
      <Banner title={t("mailed", { name })}>
        <p>{t("mailedBody")}</p>
        <div className="pt-2">{back}</div>
      </Banner>
    );
  }
  return (
    <ShownOnce title={t("made", { name })} note={t("once")} secret={address}>
      {back}
    </ShownOnce>
  );
}

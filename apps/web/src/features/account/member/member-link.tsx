"use client";

import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/button-link";
import { ShownOnce } from "@/components/shown-once";

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

"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/button-link";
import { ShownOnce } from "@/components/shown-once";

/** A first password in clear, this one time. */
export function FirstPasswordOnce({ name, secret }: { name: string; secret: string }) {
  const t = useTranslations("newMember");
  return (
    <ShownOnce title={t("made", { name })} note={t("once")} secret={secret}>
      <ButtonLink size="small" href="/members">
        {t("back")}
      </ButtonLink>
    </ShownOnce>
  );
}

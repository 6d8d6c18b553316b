"use client";

import { useTranslations } from "next-intl";
import { Failed } from "@/components/failed";

/** Tells the reader not to call: a number that cannot be checked counts as refused. */
export function CannotCheck({ retry }: { retry: () => void }) {
  const t = useTranslations("number");
  return (
    <Failed title={t("cannotCheck")} retry={retry}>
      {t("cannotCheckBody")}
    </Failed>
  );
}

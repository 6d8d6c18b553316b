"use client";

import { useTranslations } from "next-intl";
import { Failed } from "@/components/failed";

/** What cannot be checked refuses: a verdict that nobody sees is one of "no". */
export default function NumbersError({ retry }: { retry: () => void }) {
  const t = useTranslations("number");
  return (
    <Failed title={t("cannotCheck")} retry={retry}>
      {t("cannotCheckBody")}
    </Failed>
  );
}

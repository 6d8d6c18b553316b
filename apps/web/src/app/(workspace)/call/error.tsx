"use client";

import { useTranslations } from "next-intl";
import { Failed } from "@/components/failed";

/** What cannot be checked refuses: an agent who sees nothing calls nobody. */
export default function CallError({ retry }: { retry: () => void }) {
  const t = useTranslations("number");
  return (
    <Failed title={t("cannotCheck")} retry={retry}>
      {t("cannotCheckBody")}
    </Failed>
  );
}

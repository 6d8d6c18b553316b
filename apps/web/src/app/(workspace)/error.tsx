"use client";

import { useTranslations } from "next-intl";
import { Failed } from "@/components/failed";

/** What the error says is for our log; Next has put it there. */
export default function WorkspaceError({ reset }: { reset: () => void }) {
  const t = useTranslations("failed");
  return (
    <Failed title={t("title")} retry={reset}>
      {t("body")}
    </Failed>
  );
}

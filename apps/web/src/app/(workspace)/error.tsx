"use client";

import { useTranslations } from "next-intl";
import { Failed } from "@/components/failed";

/** What the error says is for our log; Next has put it there. */
export default function WorkspaceError({ retry }: { retry: () => void }) {
  const t = useTranslations("failed");
  return (
    <Failed title={t("title")} retry={retry}>
      {t("body")}
    </Failed>
  );
}

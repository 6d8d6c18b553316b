"use client";

import { useTranslations } from "next-intl";
import { Failed } from "@/components/failed";

/** Shows nothing of the error itself: Next has already written it to our log. */
export default function WorkspaceError({ retry }: { retry: () => void }) {
  const t = useTranslations("failed");
  return (
    <Failed title={t("title")} retry={retry}>
      {t("body")}
    </Failed>
  );
}

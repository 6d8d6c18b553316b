import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ButtonLook } from "./buttons";
import { ReasonedDownload } from "./dialogs";

type ExportListProps = { action: string; look?: ButtonLook; children: ReactNode };

/** Downloads a list with personal data, for a reason that goes on record. */
export function ExportList({ action, look, children }: ExportListProps) {
  const t = useTranslations("exportList");
  return (
    <ReasonedDownload
      action={action}
      {...(look && { look })}
      words={{
        open: children,
        title: t("title"),
        body: t("body"),
        reason: t("reason"),
        reasonHint: t("reasonHint"),
      }}
      whyNot={undefined}
    />
  );
}

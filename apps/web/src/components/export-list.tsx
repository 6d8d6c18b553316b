import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type ButtonLook, DownloadLink } from "./buttons";
import { ReasonedDownload } from "./dialogs";

type ExportListProps = {
  action: string;
  look?: ButtonLook;
  /** Why the member may see the list but not download it. */
  whyNot?: string | undefined;
  children?: ReactNode;
};

/** Downloads a list with personal data, for a reason that goes on record. */
export function ExportList({ action, look, whyNot, children }: ExportListProps) {
  const t = useTranslations("exportList");
  return (
    <ReasonedDownload
      action={action}
      {...(look && { look })}
      words={{
        open: children ?? t("csv"),
        title: t("title"),
        body: t("body"),
        reason: t("reason"),
        reasonHint: t("reasonHint"),
      }}
      whyNot={whyNot}
    />
  );
}

/** Downloads a list that shows no people whom we call. */
export function DownloadList({ href }: { href: string }) {
  const t = useTranslations("exportList");
  return <DownloadLink href={href}>{t("csv")}</DownloadLink>;
}

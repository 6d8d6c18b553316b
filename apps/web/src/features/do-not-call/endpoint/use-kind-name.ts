import { useTranslations } from "next-intl";

/** What kind of system it is, by the name of its maker where it has one. */
export function useKindName() {
  const t = useTranslations("endpoints.kinds");
  return (kind: string) => {
    if (kind === "vicidial" || kind === "bitrix24" || kind === "sftp") return t(kind);
    return t("webhook");
  };
}

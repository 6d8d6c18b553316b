import type { TimelineEvent } from "@ringfence/services/desk/number";
import { useTranslations } from "next-intl";

type RecordedByProps = { by: TimelineEvent["by"] };

/** Shows who recorded something. */
export function RecordedBy({ by }: RecordedByProps) {
  const t = useTranslations("recordedBy");
  if (by === null) return t("unknown");
  if (by.type === "person") return t("person");
  if (by.type === "visitor") return t("visitor");
  if (by.type === "form") return by.name ?? t("form");
  if (by.type === "job") return by.name === "import.run" ? t("import") : t("job");
  return by.name ?? t("gone");
}

import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";

/** A file that nobody has imported yet waits for a person; one that was only tried does too. */
export function ImportStatus({ view: { run, isDryRun } }: { view: ImportView }) {
  const t = useTranslations("imports");
  if (run === null) return <span className="text-sm text-muted">{t("notBegun")}</span>;
  if (run.status === "done" && isDryRun) return <span className="text-sm">{t("tried")}</span>;
  return <Badge status={run.status} />;
}

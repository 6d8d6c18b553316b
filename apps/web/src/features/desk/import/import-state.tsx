import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Said } from "@/components/said";
import { ImportOutcome } from "./import-outcome";
import { ImportProgress } from "./import-progress";

/** How an import stands: how far it is, what came of it, or why nothing did. */
export function ImportState({ view }: { view: ImportView }) {
  const t = useTranslations("import");
  if (view.run === null) return null;
  const { status, error } = view.run;
  if (status === "done") return <ImportOutcome view={view} />;
  if (status !== "failed") return <ImportProgress view={view} />;
  return (
    <Banner tone="bad" title={t("failed")}>
      <p>{error && <Said message={error} />}</p>
      <p>{t("failedBody")}</p>
    </Banner>
  );
}

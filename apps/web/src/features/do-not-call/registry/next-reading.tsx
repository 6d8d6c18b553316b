import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { RunProgress } from "./run-progress";
import { isOpen } from "./run-status";

/** When a registry is read next, or how far that is. */
export function NextReading({
  registry: { nextReadAt, run, source },
}: {
  registry: RegistryOverview;
}) {
  const t = useTranslations("registries");
  if (run !== null && isOpen(run)) return <RunProgress run={run} />;
  if (source.kind === "upload") return t("byHand");
  return nextReadAt === null ? t("soon") : <LocalTime instant={nextReadAt} precision="cell" />;
}

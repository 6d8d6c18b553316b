import type { readViolation } from "@ringfence/services/calling/violation";
import { useTranslations } from "next-intl";

type RecordedByProps = {
  by: Awaited<ReturnType<typeof readViolation>>["steps"][number]["by"];
};

/** Who took a step; what Ringfence found by itself has no name. */
export function RecordedBy({ by }: RecordedByProps) {
  const t = useTranslations("violation.by");
  if (by?.type === "job") return t("job");
  return by?.name ?? t("gone");
}

import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Said } from "@/components/said";

/** What a person should know of a registry: its last reading failed, or an edition waits for a word. */
export function RegistryRemark({ registry: { held, run } }: { registry: RegistryOverview }) {
  const t = useTranslations("registries");
  return (
    <>
      {run?.error && (
        <span
          className={`block max-w-[24rem] font-normal ${run.status === "failed" ? "text-refuse" : "text-muted"}`}
        >
          {run.status === "failed" &&
            run.endedAt &&
            t.rich("failedAt", {
              time: () => <LocalTime instant={run.endedAt ?? run.createdAt} />,
            })}{" "}
          <Said message={run.error} />
        </span>
      )}
      {held && <span className="block font-medium text-warn">{t("heldShort")}</span>}
    </>
  );
}

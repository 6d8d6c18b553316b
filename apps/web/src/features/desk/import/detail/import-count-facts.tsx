import type { ImportCounts } from "@ringfence/core/desk/import";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Facts } from "@/components/facts";

const kept = ["created", "updated", "unchanged", "rejected"] as const;

/** Shows the number of rows by result. */
export function ImportCountFacts({ counts }: { counts: ImportCounts }) {
  const t = useTranslations("import.counts");
  return (
    <div className="max-w-[26rem]">
      <Facts
        facts={[
          { name: t("rows"), value: <Count value={counts.rows} /> },
          ...kept.map((status) => ({ name: t(status), value: <Count value={counts[status]} /> })),
          ...(counts.noted > 0
            ? [{ name: t("noted"), value: <Count value={counts.noted} />, notes: [t("notedNote")] }]
            : []),
        ]}
      />
    </div>
  );
}

"use client";
import type { RegulatorId } from "@ringfence/core/desk/evidence-pack";
import type { ComplaintId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ReasonedDownload } from "@/components/dialogs";
import { ChoiceField } from "@/components/fields";

type PackFormProps = {
  complaintId: ComplaintId;
  /** Regulators whose questions the pack can answer, with their names. */
  regulators: readonly { key: RegulatorId; name: string }[];
  /** The regulator that is chosen at first, by where the person may be; null: none is. */
  suggested: RegulatorId | null;
  whyNot: string | undefined;
};

/** Chooses for whom an evidence pack is, and downloads it for a reason that goes on record. */
export function PackForm({ complaintId, regulators, suggested, whyNot }: PackFormProps) {
  const t = useTranslations("complaint.pack");
  const words = useTranslations("exportList");
  const [chosen, setChosen] = useState<RegulatorId | "nobody">(suggested ?? "nobody");
  const query = chosen === "nobody" ? "" : `?regulator=${chosen}`;
  return (
    <div className="grid max-w-[30rem] gap-4 pt-3">
      <ChoiceField
        label={t("for")}
        hint={t("forHint")}
        choices={[...regulators, { key: "nobody" as const, name: t("nobody") }]}
        chosen={chosen}
        onChoose={setChosen}
      />
      <div>
        <ReasonedDownload
          action={`/api/complaints/${complaintId}/pack${query}`}
          words={{
            open: t("download"),
            title: t("title"),
            body: t("body"),
            reason: words("reason"),
            reasonHint: t("reasonHint"),
          }}
          whyNot={whyNot}
        />
      </div>
    </div>
  );
}

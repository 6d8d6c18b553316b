"use client";
import { SuppressionId } from "@ringfence/core/ids";
import { EndReason } from "@ringfence/core/do-not-call/suppression";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BulkAct } from "@/components/bulk/bulk-act";
import { ChoiceField } from "@/components/fields";
import { useTRPCClient } from "@/trpc/client";

/** Ends all chosen suppressions, for one reason that stays on record. */
export function EndChosenSuppressions() {
  const t = useTranslations("suppressions");
  const words = useTranslations("bulk");
  const client = useTRPCClient();
  const [reason, setReason] = useState<EndReason>("over");
  return (
    <BulkAct
      label={words("endChosen")}
      title={words("endSuppressions")}
      look="danger"
      act={(id) => client.suppression.end.mutate({ id: SuppressionId.parse(id), reason })}
    >
      <p>{t("endBody")}</p>
      <ChoiceField
        label={t("endReason")}
        choices={EndReason.options.map((key) => ({ key, name: t(`endReasons.${key}`) }))}
        chosen={reason}
        onChoose={setReason}
      />
    </BulkAct>
  );
}

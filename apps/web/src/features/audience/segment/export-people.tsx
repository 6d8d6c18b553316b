import type { SegmentId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { ReasonedDownload } from "@/components/reasoned-download";

type ExportPeopleProps = { segmentId: SegmentId; whyNot: string | undefined };

/** Takes the numbers of a segment away, for a reason that goes on record; or says who may. */
export function ExportPeople({ segmentId, whyNot }: ExportPeopleProps) {
  const t = useTranslations("segmentPeople");
  return (
    <ReasonedDownload
      action={`/api/segments/${segmentId}/people.csv`}
      words={{
        open: t("export"),
        title: t("exportTitle"),
        body: t("exportBody"),
        reason: t("reason"),
        reasonHint: t("reasonHint"),
      }}
      whyNot={whyNot}
    />
  );
}

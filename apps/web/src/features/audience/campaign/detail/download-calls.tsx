import type { CampaignId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { ReasonedDownload } from "@/components/reasoned-download";

type TakeCallsProps = {
  campaignId: CampaignId;
  /** API request with which the dialer reads the calls. */
  request: string;
  whyNot: string | undefined;
};

/** Shows how a dialer gets the calls: by the API, or as a file, for a reason that goes on record. */
export function DownloadCalls({ campaignId, request, whyNot }: TakeCallsProps) {
  const t = useTranslations("campaign");
  return (
    <div className="grid grid-cols-1 gap-3 pt-3">
      <p className="max-w-[46rem]">{t("byApi")}</p>
      <p>
        <span className="font-mono text-sm break-all">{request}</span>
      </p>
      <p className="max-w-[46rem]">{t("byFile")}</p>
      <div>
        <ReasonedDownload
          action={`/api/campaigns/${campaignId}/calls.csv`}
          words={{
            open: t("file"),
            title: t("fileTitle"),
            body: t("fileBody"),
            reason: t("fileReason"),
            reasonHint: t("fileReasonHint"),
          }}
          whyNot={whyNot}
        />
      </div>
    </div>
  );
}

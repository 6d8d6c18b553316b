import type { CampaignView, readPreflight } from "@ringfence/services/audience/campaign";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Columns } from "@/components/columns";
import { Section } from "@/components/section";
import { PreflightFacts } from "./preflight-facts";
import { SampleList } from "./sample-list";

type PreflightSectionsProps = {
  campaign: CampaignView;
  preflight: Awaited<ReturnType<typeof readPreflight>>;
  /** Members of the segment who may be called. */
  waterfall: ReactNode;
};

/** Shows who of the segment may be called now, and what the calls would come to. */
export function PreflightSections({ campaign, preflight, waterfall }: PreflightSectionsProps) {
  const t = useTranslations("campaign");
  return (
    <>
      <Section title={t("preflight")}>{waterfall}</Section>
      <Columns>
        <Section title={t("expect")}>
          <PreflightFacts campaign={campaign} preflight={preflight} />
        </Section>
        <Section title={t("sample")}>
          <SampleList sample={preflight.sample} />
        </Section>
      </Columns>
    </>
  );
}

import { may } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import type { ScrubRowView } from "@ringfence/services/calling/scrub";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { Columns } from "@/components/columns";
import { PageHead } from "@/components/page-head";
import { PrintButton } from "@/components/print-button";
import { Section } from "@/components/section";
import { EditionTable } from "@/features/calling/screening/detail/editions";
import { PastVerdict } from "@/features/calling/screening/detail/facts";
import { RowFacts, RowReasons } from "@/features/calling/screening/detail/scrub-row";
import { ScreenAgain } from "@/features/calling/screening/detail/screen-again";
import { api } from "@/server/caller";
import { RulesOfDay } from "./rules-of-day";

type PastRowProps = { view: ScrubRowView; member: CurrentMember };

export async function PastRow({ view, member }: PastRowProps) {
  const [t, purposes, sellers] = await Promise.all([
    getTranslations("screening"),
    api.purpose.list(),
    api.seller.list(),
  ]);
  const { scrub, row, kept } = view;
  const { purpose, seller } = scrub.record.checked;
  return (
    <>
      <PageHead
        title={t("rowTitle")}
        note={<code className="break-all">{`${scrub.id}.${row}`}</code>}
      >
        <PrintButton>{t("print")}</PrintButton>
      </PageHead>
      {kept === null ? (
        <Banner title={t("rowGone")}>{t("rowGoneBody")}</Banner>
      ) : (
        <PastVerdict
          verdict={kept.verdict}
          phone={kept.phone}
          reasons={kept.reasons.length}
          at={scrub.at}
          zone={null}
        />
      )}
      <Columns>
        {kept !== null && (
          <Section title={t(kept.verdict === "allow" ? "whyAllowed" : "whyRefused")}>
            <RowReasons reasons={kept.reasons} />
            <p className="max-w-[46rem] pt-3 text-sm text-muted">{t("rowNote")}</p>
          </Section>
        )}
        <Section title={t("asked")}>
          <RowFacts
            view={view}
            purpose={purposes.find(({ key }) => key === purpose)?.name ?? purpose}
            seller={sellers.find(({ id }) => id === seller)?.name ?? seller}
          />
        </Section>
      </Columns>
      {kept !== null && kept.phone !== null && (
        <ScreenAgain asked={{ scrubId: scrub.id, row }} verdict={kept.verdict} />
      )}
      <Section title={t("editions")} aside={t("editionsNote")}>
        <EditionTable editions={view.editions} mayOpen={may(toActor(member), "registry.read")} />
      </Section>
      <RulesOfDay rules={view.rules} />
    </>
  );
}

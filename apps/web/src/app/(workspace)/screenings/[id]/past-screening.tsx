import { may } from "@ringfence/core/platform/access";
import type { ScreeningResponse } from "@ringfence/core/calling/screening";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import type { ScreeningView } from "@ringfence/services/calling/screening";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { Columns } from "@/components/columns";
import { FenceStrip } from "@/components/fence/fence-strip";
import { PageHead } from "@/components/page-head";
import { PrintButton } from "@/components/print-button";
import { Section } from "@/components/section";
import { EveryCheck, OpenGates, Reasons, toScreeningView } from "@/features/people/number/verdict";
import { AskedFacts, PastVerdict } from "@/features/calling/screening/detail/facts";
import { EditionTable } from "@/features/calling/screening/detail/editions";
import { PermitFacts, ProofFacts } from "@/features/calling/screening/detail/permit";
import { ScreenAgain } from "@/features/calling/screening/detail/screen-again";
import { api } from "@/server/caller";
import { whyNot } from "@/server/why-not";
import { listPlaces } from "./list-places";
import { RulesOfDay } from "./rules-of-day";

type PastScreeningProps = { view: ScreeningView; member: CurrentMember };

export async function PastScreening({ view, member }: PastScreeningProps) {
  const [t, locale, purposes, unproven] = await Promise.all([
    getTranslations("screening"),
    getLocale(),
    api.purpose.list(),
    whyNot(member, "proof.read"),
  ]);
  const { id, phone, verdict, refusals, warnings, at, checked, isErased } = view;
  const answer = toScreeningView(locale, {
    id,
    phone,
    verdict,
    refusals,
    warnings,
    checked: { ...checked, at, whatIf: false, rules: checked.rules ?? "" },
  });
  const purpose = purposes.find(({ key }) => key === view.purpose)?.name ?? view.purpose;
  return (
    <>
      <PageHead title={t("title")} note={<code className="break-all">{id}</code>}>
        <PrintButton>{t("print")}</PrintButton>
      </PageHead>
      <PastVerdict
        {...{ verdict, phone, isErased, at }}
        reasons={refusals.length}
        zone={checked.zones[0] ?? null}
      />
      {isErased && <Banner title={t("isErased")}>{t("isErasedBody")}</Banner>}
      <FenceStrip answer={answer} isLinked />
      <Columns>
        <WhyThen answer={answer} />
        <Section title={t("asked")}>
          <AskedFacts view={view} purpose={purpose} places={listPlaces(locale, checked)} />
        </Section>
      </Columns>
      {phone !== null && <ScreenAgain asked={{ screeningId: id }} verdict={verdict} />}
      <Columns isEven>
        <Section title={t("permitAndCalls")}>
          <PermitFacts permit={view.permit} verdict={verdict} />
        </Section>
        <Section title={t("proof")}>
          <ProofFacts {...view} whyNot={unproven} />
        </Section>
      </Columns>
      <Section title={t("editions")} aside={t("editionsNote")}>
        <EditionTable editions={view.editions} mayOpen={may(toActor(member), "registry.read")} />
      </Section>
      <RulesOfDay rules={view.rules} />
      <EveryCheck answer={answer} />
    </>
  );
}

/** Lists the reasons against the call, or else the checks that it passed, and then the warnings. */
function WhyThen({ answer }: { answer: ScreeningResponse }) {
  const t = useTranslations("screening");
  const { verdict, refusals, warnings } = answer;
  return (
    <Section title={t(verdict === "allow" ? "whyAllowed" : "whyRefused")}>
      {refusals.length > 0 ? (
        <Reasons reasons={refusals} answer={answer} />
      ) : (
        <OpenGates answer={answer} />
      )}
      {warnings.length > 0 && (
        <>
          <h3 className="pt-4 text-muted">{t("warnings")}</h3>
          <Reasons reasons={warnings} answer={answer} />
        </>
      )}
    </Section>
  );
}

import { type ScreeningResponse, readScreeningRef } from "@ringfence/core/calling/screening";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { may } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import type { ScreeningView } from "@ringfence/services/calling/screening";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { DetailPage } from "@/components/detail-page";
import { Columns, Section } from "@/components/page-layout";
import { FenceStrip } from "@/components/fence/fence";
import { PrintButton } from "@/components/client-buttons";
import { AllChecks, OpenGates, Reasons, toScreeningView } from "@/features/desk/number/verdict";
import {
  CallFacts,
  PastVerdict,
  RowFacts,
  RowReasons,
} from "@/features/calling/screening/detail/facts";
import { EditionTable, RuleSetFacts } from "@/features/calling/screening/detail/editions";
import { PermitFacts, ProofFacts } from "@/features/calling/screening/detail/permit";
import { ScreenAgain } from "@/features/calling/screening/detail/screen-again";
import type { ScrubRowView } from "@ringfence/services/calling/scrub";
import type { Rule } from "@ringfence/core/people/jurisdiction";
import type { PastRules } from "@ringfence/services/people/jurisdiction";
import { RuleTable } from "@/features/people/jurisdiction/list/rule-table";
import { placeName } from "@/i18n/place-name";

/** The title leaves out the number, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("screening");
  return { title: t("title") };
}

/** A past screening or a row of a scrub: the verdict, the facts behind it, and what happened afterwards. */
export default async function ScreeningPage({ params }: PageProps<"/screenings/[id]">) {
  const reference = readScreeningRef((await params).id) ?? notFound();
  const member = await requireMember("row" in reference ? "scrub.read" : "screening.read");
  return "row" in reference ? (
    <PastRow view={await loadOrNotFound(api.screening.readRow(reference))} member={member} />
  ) : (
    <PastScreening view={await loadOrNotFound(api.screening.read(reference))} member={member} />
  );
}

type PastScreeningProps = { view: ScreeningView; member: CurrentMember };

async function PastScreening({ view, member }: PastScreeningProps) {
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
    <DetailPage
      title={t("title")}
      note={<code className="break-all">{id}</code>}
      actions={<PrintButton>{t("print")}</PrintButton>}
    >
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
          <CallFacts
            view={view}
            purpose={purpose}
            places={checked.jurisdictions.map((id) => placeName(locale, id))}
          />
        </Section>
      </Columns>
      {phone !== null && (
        <ScreenAgain
          screening={{ screeningId: id }}
          verdict={verdict}
          registryNames={registryNames(view)}
        />
      )}
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
      <AllChecks answer={answer} />
    </DetailPage>
  );
}

/** Names of registries by code, the organization's own lists included. */
const registryNames = ({ rules, editions }: Pick<ScreeningView, "rules" | "editions">) => ({
  ...rules.registryNames,
  ...Object.fromEntries(editions.map(({ registry, name }) => [registry, name])),
});

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

type PastRowProps = { view: ScrubRowView; member: CurrentMember };

async function PastRow({ view, member }: PastRowProps) {
  const [t, purposes, sellers] = await Promise.all([
    getTranslations("screening"),
    api.purpose.list(),
    api.seller.list(),
  ]);
  const { scrub, row, kept } = view;
  const { purpose, seller } = scrub.record.checked;
  return (
    <DetailPage
      title={t("rowTitle")}
      note={<code className="break-all">{`${scrub.id}.${row}`}</code>}
      actions={<PrintButton>{t("print")}</PrintButton>}
    >
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
        <ScreenAgain
          screening={{ scrubId: scrub.id, row }}
          verdict={kept.verdict}
          registryNames={registryNames(view)}
        />
      )}
      <Section title={t("editions")} aside={t("editionsNote")}>
        <EditionTable editions={view.editions} mayOpen={may(toActor(member), "registry.read")} />
      </Section>
      <RulesOfDay rules={view.rules} />
    </DetailPage>
  );
}

/**
 * Lists the rules as they were on the day of the screening, decisive ones first, with the law behind
 * each.
 */
function RulesOfDay({ rules }: { rules: PastRules }) {
  const t = useTranslations("screening");
  const { deciding, others, sources, registryNames } = rules;
  const table = { sources, registryNames };
  return (
    <Section title={t("rules")} aside={t("rulesNote")}>
      <RuleSetFacts rules={rules} />
      {deciding.length > 0 && (
        <>
          <h3 className="pt-4 pb-1">{t("rulesDeciding")}</h3>
          <RuleTable {...table} caption={t("rulesDeciding")} rules={deciding.map(withoutEffect)} />
        </>
      )}
      {others.length > 0 && (
        <details className="pt-4">
          <summary>{t("rulesOthers", { count: others.length })}</summary>
          <RuleTable
            {...table}
            caption={t("rulesOthers", { count: others.length })}
            rules={others.map(withoutEffect)}
          />
        </details>
      )}
    </Section>
  );
}

/** Leaves out the recent effect of a rule, which the page Rules shows. */
const withoutEffect = (rule: Rule) => ({
  rule,
  isKept: false,
  phase: "in-force" as const,
  eased: null,
  refused: 0,
  refusedAlone: 0,
  isEasable: false,
});

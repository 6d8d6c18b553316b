import {
  type CampaignAct,
  actionByAct,
  campaignCallsPath,
} from "@ringfence/core/audience/campaign";
import { CampaignId } from "@ringfence/core/ids";
import type { CurrentMember } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { DetailPage } from "@/components/detail-page";
import { Columns, LoadingContent, Section } from "@/components/page-layout";
import { ArchiveButton } from "@/features/desk/archive/archive-buttons";
import { ArchivedBanner } from "@/features/desk/archive/archived-list";
import { CampaignButtons } from "@/features/audience/campaign/detail/campaign-buttons";
import { CampaignFacts, CampaignSteps } from "@/features/audience/campaign/detail/campaign-facts";
import { CampaignForm } from "@/features/audience/campaign/form/campaign-form";
import { CampaignState } from "@/features/audience/campaign/list/campaign-table";
import { DutySection } from "@/features/audience/campaign/detail/duties";
import { DownloadCalls, HoldOut, ResultsTable } from "@/features/audience/campaign/detail/results";
import { PreflightSections } from "@/features/audience/campaign/detail/preflight";
import { SavedWaterfall } from "@/features/audience/segment/detail/saved-waterfall";
import { env } from "@/env";
import { api, loadChoices, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import "server-only";
import { say } from "@ringfence/core/platform/message";
import type { CampaignView } from "@ringfence/services/audience/campaign";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("campaigns");
  return { title: t("title") };
}

export default async function CampaignPage({ params }: PageProps<"/campaigns/[campaignId]">) {
  const member = await requireMember("campaign.read");
  const campaignId = CampaignId.safeParse((await params).campaignId).data ?? notFound();
  const campaign = await loadOrNotFound(api.campaign.read({ campaignId }));
  return (
    <LoadingContent title={campaign.name}>
      <OneCampaign member={member} campaign={campaign} />
    </LoadingContent>
  );
}

type Campaign = Awaited<ReturnType<typeof api.campaign.read>>;
type OneCampaignProps = { member: CurrentMember; campaign: Campaign };

async function OneCampaign({ member, campaign }: OneCampaignProps) {
  const { id: campaignId, segmentId, seller, purpose, state, isHeld } = campaign;
  const which = { segmentId, seller: seller.key, purpose };
  const [t, duties, ahead, results, acts, notChange, notExport, notConfirm] = await Promise.all([
    getTranslations("campaign"),
    api.campaign.duties({ campaignId }),
    campaign.archived || campaign.segment.isArchived
      ? null
      : Promise.all([api.campaign.preflight({ campaignId }), api.segment.waterfall(which)]),
    campaign.startedAt === null ? null : api.campaign.results({ campaignId }),
    listActs(member, campaign.acts),
    whyNot(member, "campaign.change"),
    whyNot(member, "campaign.export"),
    whyNot(member, "campaign.confirm-duty"),
  ]);
  return (
    <>
      <Head campaign={campaign} whyNot={notChange} />
      {isHeld && state === "paused" && (
        <Banner tone="bad" title={t("isHeld")}>
          {t("isHeldBody")}
        </Banner>
      )}
      {results && <Results results={results} />}
      <Course campaign={campaign} acts={acts} />
      <DutySection campaign={campaign} duties={duties} whyNot={notConfirm} />
      {state === "running" && (
        <Section title={t("handOver")}>
          <DownloadCalls
            campaignId={campaignId}
            request={`GET ${env().API_URL}${campaignCallsPath(campaign.key)}`}
            whyNot={notExport}
          />
        </Section>
      )}
      {ahead && (
        <PreflightSections
          campaign={campaign}
          preflight={ahead[0]}
          waterfall={<SavedWaterfall which={which} screened={ahead[1]} />}
        />
      )}
      <Section title={t("plan")}>
        <Plan member={member} campaign={campaign} whyNot={notChange} />
      </Section>
    </>
  );
}

type HeadProps = { campaign: Campaign; whyNot: string | undefined };

/** Name and state of the campaign, with a button to archive a draft or to restore an archived one. */
function Head({ campaign, whyNot }: HeadProps) {
  const { id, name, state, isHeld, archived } = campaign;
  const item = { kind: "campaign", id } as const;
  return (
    <DetailPage
      title={name}
      note={<CampaignState state={state} isHeld={isHeld} />}
      actions={state === "draft" && !archived && <ArchiveButton item={item} whyNot={whyNot} />}
    >
      {archived && <ArchivedBanner {...{ item, name, archived, whyNot }} />}
    </DetailPage>
  );
}

type PlanProps = HeadProps & { member: CurrentMember };

/** Shows the plan of the campaign. A draft is shown as a form to members who may change it. */
async function Plan({ member, campaign, whyNot }: PlanProps) {
  const isOpen = campaign.state === "draft" && !campaign.archived && whyNot === undefined;
  if (!isOpen) return <CampaignFacts campaign={campaign} />;
  return <DraftForm campaign={campaign} choices={await draftChoices(member)} />;
}

type ResultsProps = { results: Awaited<ReturnType<typeof api.campaign.results>> };

/** Results of the campaign, and the effect of its threshold on refusals. */
async function Results({ results }: ResultsProps) {
  const t = await getTranslations("campaign");
  return (
    <>
      <Section title={t("resultsTitle")} aside={t("intervalNote")}>
        <ResultsTable results={results} />
      </Section>
      {results.holdOut && (
        <Section title={t("holdOut.title")} aside={t("intervalNote")}>
          <HoldOut holdOut={results.holdOut} />
        </Section>
      )}
    </>
  );
}

type CourseProps = { campaign: Campaign; acts: Awaited<ReturnType<typeof listActs>> };

/** Next steps for the campaign, and its history. */
async function Course({ campaign, acts }: CourseProps) {
  const t = await getTranslations("campaign");
  return (
    <Columns>
      <Section title={t("next")}>
        {acts.length === 0 ? (
          <p className="py-2.5 text-muted">{t(campaign.archived ? "restoreFirst" : "over")}</p>
        ) : (
          <CampaignButtons
            key={campaign.steps.length}
            campaignId={campaign.id}
            seen={campaign.steps.at(-1)?.id}
            acts={acts}
          />
        )}
      </Section>
      <Section title={t("history")}>
        <CampaignSteps steps={campaign.steps} />
      </Section>
    </Columns>
  );
}

async function draftChoices(member: CurrentMember) {
  const [offers, segments, { sellers }] = await Promise.all([
    api.offer.list(),
    api.segment.list(),
    loadChoices(member),
  ]);
  return { offers, segments, sellers };
}

type DraftFormProps = { campaign: Campaign; choices: Awaited<ReturnType<typeof draftChoices>> };

const DraftForm = ({ campaign, choices }: DraftFormProps) => (
  <CampaignForm
    key={campaign.version}
    campaign={{ id: campaign.id, version: campaign.version }}
    plan={{
      ...campaign,
      offerIds: campaign.offers.map(({ id }) => id),
      seller: campaign.seller.key,
    }}
    choices={choices}
  />
);

const isPersons = (act: CampaignAct): act is keyof typeof actionByAct => act in actionByAct;

/**
 * Lists the acts that people can take in a campaign's state, and why this member may not, by role or by
 * state.
 */
const listActs = async (member: CurrentMember, acts: CampaignView["acts"]) =>
  Promise.all(
    acts
      .filter(({ act }) => isPersons(act))
      .map(async ({ act, fault }) => {
        const byRole = isPersons(act) ? await whyNot(member, actionByAct[act]) : undefined;
        return {
          act,
          whyNot: byRole ?? (fault ? say(member.locale, fault, member.zone) : undefined),
        };
      }),
  );

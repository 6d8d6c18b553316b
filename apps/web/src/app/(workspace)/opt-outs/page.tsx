import { OptOutId } from "@ringfence/core/ids";
import { OptOutChannel, OptOutReach } from "@ringfence/core/do-not-call/opt-out";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Banner } from "@/components/banner";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-choice";
import { Filters, SealedSearch } from "@/components/filters";
import {
  DiscardedOptOuts,
  UnreadableOptOuts,
} from "@/features/do-not-call/opt-out/list/unreadable";
import { OptOutTable } from "@/features/do-not-call/opt-out/list/table";
import { api } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember, whyNot } from "@/server/current-member";
import { isAnyChosen } from "@/server/list-query";
import { optOutsQuery as query } from "@/server/lists/queries";
import { openSearch, sealSearch } from "@/server/sealed-search";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { NewLink, GuardedLink } from "@/components/buttons";
import type { CorrectionList } from "@ringfence/services/do-not-call/opt-out";
import { LocalTime } from "@/components/dates";
import { useDialerName } from "@/components/dialer-name";
import { PhoneText } from "@/components/people";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("optOuts");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof query.load>>;

async function findOptOuts(given: FormData) {
  "use server";
  await requireMember("opt-out.read");
  const channel = OptOutChannel.safeParse(given.get("channel")).data ?? null;
  redirect(query.toPath({ find: await sealSearch(given), channel }));
}

export default async function OptOutsPage({ searchParams }: PageProps<"/opt-outs">) {
  const member = await requireMember("opt-out.read");
  const look = await query.load(searchParams);
  const { search, isOver } = await openSearch(look.filters.find);
  const [t, files, notRecord, notImport, notMend] = await Promise.all([
    getTranslations("optOuts"),
    getTranslations("exportList"),
    whyNot(member, "opt-out.record"),
    whyNot(member, "import.run-record"),
    whyNot(member, "opt-out.mend"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={<OptOutActions whyNotRecord={notRecord} whyNotImport={notImport} />}
    >
      <p className="text-sm text-muted">
        {t.rich("stopPage", {
          page: (name) => (
            <a href={`/stop/${formatPublicAddress(member.organizationId)}`}>{name}</a>
          ),
          bursts: (name) => <Link href="/opt-outs/bursts">{name}</Link>,
        })}
      </p>
      <LoadingContent>
        <Questions whyNot={notMend} />
        {isOver && <Banner title={t("searchOver")} />}
        <Filters
          label={t("filters")}
          aside={
            <ExportList action={query.toFile(look.filters)}>
              {isAnyChosen(look.filters) ? files("csvFound") : t("csv")}
            </ExportList>
          }
        >
          <SealedSearch
            label={t("search")}
            value={search}
            action={findOptOuts}
            kept={{ channel: look.filters.channel }}
          />
          <FilterChoice
            param="channel"
            label={t("channel")}
            any={t("anyChannel")}
            choices={OptOutChannel.options.map((value) => ({
              value,
              label: t(`channels.${value}`),
            }))}
          />
          <FilterChoice
            param="reach"
            label={t("reachFilter")}
            any={t("anyReach")}
            choices={OptOutReach.options.map((value) => ({ value, label: t(`reaches.${value}`) }))}
          />
          <FoundElsewhere {...look.filters} />
          <SavedViews list="opt-outs" filters={query.write(look.filters)} />
        </Filters>
        <OptOuts look={look} search={search} />
      </LoadingContent>
    </ListPage>
  );
}

/** Says which span and which calls the list is limited to, if a figure elsewhere leads to it. */
function FoundElsewhere({ from, until, imports, campaign, dialer, ...kept }: Look["filters"]) {
  const t = useTranslations("optOuts");
  const filters = useTranslations("filters");
  const dialerName = useDialerName();
  if (from === null && until === null && campaign === null && dialer === null) return null;
  return (
    <p className="basis-full text-sm text-muted">
      {from && until
        ? t.rich("recordedBetween", {
            from: () => <LocalTime instant={from} />,
            until: () => <LocalTime instant={until} />,
          })
        : from && t.rich("recordedSince", { from: () => <LocalTime instant={from} /> })}{" "}
      {imports === false && t("withoutImports")}{" "}
      {campaign !== null && t("afterCallsOf", { campaign: campaign || t("noCampaign") })}{" "}
      {dialer !== null && t("afterCallsBy", { dialer: dialerName(dialer) })}{" "}
      <Link href={query.toPath(kept)}>{filters("showAll")}</Link>
    </p>
  );
}

/** Shows corrections and unreadable opt-outs that wait for an officer, then the discarded ones. */
async function Questions({ whyNot }: { whyNot: string | undefined }) {
  const [corrections, misread, discarded] = await Promise.all([
    api.optOut.corrections(),
    api.optOut.misread(),
    api.optOut.discarded(),
  ]);
  return (
    <>
      <WaitingCorrections {...corrections} />
      <UnreadableOptOuts optOuts={misread} whyNot={whyNot} />
      <DiscardedOptOuts discarded={discarded} whyNot={whyNot} />
    </>
  );
}

async function OptOuts({ look, search }: { look: Look; search: string | null }) {
  const {
    filters: { channel, imports, from, until, reach, campaign, dialer },
    after,
  } = look;
  const criteria = {
    search: search ?? undefined,
    channel: channel ?? undefined,
    imports: imports ?? undefined,
    from: from ?? undefined,
    until: until ?? undefined,
    reach: reach ?? undefined,
    campaign: campaign ?? undefined,
    dialer: dialer ?? undefined,
  };
  const [t, { items, next }, sellers, purposes] = await Promise.all([
    getTranslations("optOuts"),
    api.optOut.list({ ...criteria, after: OptOutId.safeParse(after.at(-1)).data }),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const isFiltered = Object.values(criteria).some((value) => value !== undefined);
  const steps = query.toSteps(look, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <OptOutTable optOuts={items} names={{ sellers, purposes }} />
    </ListRows>
  );
}

type OptOutActionsProps = { whyNotRecord: string | undefined; whyNotImport: string | undefined };

/** Links to record an opt-out or to import a file of them, or the reasons why not. */
function OptOutActions({ whyNotRecord, whyNotImport }: OptOutActionsProps) {
  const t = useTranslations("optOuts");
  return (
    <span className="flex flex-wrap items-start gap-2">
      <GuardedLink href="/imports/new?kind=opt_outs" icon={Upload} whyNot={whyNotImport}>
        {t("import")}
      </GuardedLink>
      <NewLink href="/opt-outs/new" whyNot={whyNotRecord}>
        {t("add")}
      </NewLink>
    </span>
  );
}

/** Lists corrections that wait for another officer. */
function WaitingCorrections({ items, count }: CorrectionList) {
  const t = useTranslations("correction");
  if (items.length === 0) return null;
  return (
    <div className="mt-3 mb-6">
      <Banner tone="care" title={t("openTitle", { count })}>
        <p>{t("openBody")}</p>
        <ul className="mt-2 grid">
          {items.map(({ id, optOutId, phone, reference, isOwn }) => (
            <li key={id} className="flex flex-wrap gap-x-3 border-t border-line py-2.5">
              {phone ? <PhoneText phone={phone} /> : t("erased")}
              <Link href={`/opt-outs/${optOutId}`}>{t("openLink", { reference })}</Link>
              {isOwn && <span className="text-muted">{t("openOwn")}</span>}
            </li>
          ))}
        </ul>
        {count > items.length && <p>{t("openFirst", { count: items.length })}</p>}
      </Banner>
    </div>
  );
}

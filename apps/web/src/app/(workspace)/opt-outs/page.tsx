import { OptOutId } from "@ringfence/core/ids";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Banner } from "@/components/banner";
import { ExportList } from "@/components/export-list";
import { Empty } from "@/components/empty";
import { FilterChoice } from "@/components/filters/filter-choice";
import { Filters } from "@/components/filters/filters";
import { SealedSearch } from "@/components/filters/sealed-search";
import { PageHead } from "@/components/page-head";
import { Pager } from "@/components/pager";
import { Reading } from "@/components/reading";
import { toPagerLinks } from "@/components/trail";
import {
  DiscardedOptOuts,
  UnreadableOptOuts,
} from "@/features/do-not-call/opt-out/list/unreadable";
import { submitSearch } from "@/features/do-not-call/opt-out/list/submit-search";
import { WaitingCorrections } from "@/features/do-not-call/opt-out/list/waiting-corrections";
import { OptOutActions } from "@/features/do-not-call/opt-out/list/actions";
import { loadOptOutQuery, optOutsPath } from "@/features/do-not-call/opt-out/list/search";
import { OptOutTable } from "@/features/do-not-call/opt-out/list/table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { openSearch } from "@/server/searched";
import { whyNot } from "@/server/why-not";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("optOuts");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof loadOptOutQuery>>;

export default async function OptOutsPage({ searchParams }: PageProps<"/opt-outs">) {
  const member = await requireMember("opt-out.read");
  const look = await loadOptOutQuery(searchParams);
  const { search, isOver } = await openSearch(look.find);
  const [t, notRecord, notImport, notMend] = await Promise.all([
    getTranslations("optOuts"),
    whyNot(member, "opt-out.record"),
    whyNot(member, "import.run-record"),
    whyNot(member, "opt-out.mend"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <OptOutActions whyNotRecord={notRecord} whyNotImport={notImport} />
      </PageHead>
      <p className="text-sm text-muted">
        {t.rich("stopPage", {
          page: (name) => (
            <a href={`/stop/${formatPublicAddress(member.organizationId)}`}>{name}</a>
          ),
          bursts: (name) => <Link href="/opt-outs/bursts">{name}</Link>,
        })}
      </p>
      <Reading>
        <Questions whyNot={notMend} />
        {isOver && <Banner title={t("searchOver")} />}
        <Filters
          label={t("filters")}
          aside={<ExportList action="/api/opt-outs.csv">{t("csv")}</ExportList>}
        >
          <SealedSearch
            label={t("search")}
            value={search}
            action={submitSearch}
            kept={{ channel: look.channel }}
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
        </Filters>
        <OptOuts look={look} search={search} />
      </Reading>
    </>
  );
}

/** Shows corrections and unreadable refusals that wait for an officer, then the discarded ones. */
async function Questions({ whyNot }: { whyNot: string | undefined }) {
  const [corrections, misread, discarded] = await Promise.all([
    api.optOut.corrections(),
    api.optOut.misread(),
    api.optOut.discarded(),
  ]);
  return (
    <>
      <WaitingCorrections {...corrections} />
      <UnreadableOptOuts misread={misread} whyNot={whyNot} />
      <DiscardedOptOuts discarded={discarded} whyNot={whyNot} />
    </>
  );
}

async function OptOuts({ look, search }: { look: Look; search: string | null }) {
  const { channel, after } = look;
  const asked = { search: search ?? undefined, channel: channel ?? undefined };
  const [t, { items, next }, sellers, purposes] = await Promise.all([
    getTranslations("optOuts"),
    api.optOut.list({ ...asked, after: OptOutId.safeParse(after.at(-1)).data }),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const isFiltered = search !== null || channel !== null;
  const steps = toPagerLinks(after, next, (trail) => optOutsPath({ ...look, after: trail }));
  if (items.length === 0) {
    return (
      <Empty title={t(isFiltered ? "nothingFound" : "empty")}>
        {t(isFiltered ? "nothingFoundBody" : "emptyBody")}
      </Empty>
    );
  }
  return (
    <>
      <OptOutTable optOuts={items} names={{ sellers, purposes }} />
      <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
    </>
  );
}

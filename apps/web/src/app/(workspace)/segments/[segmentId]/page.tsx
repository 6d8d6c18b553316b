import { SegmentId } from "@ringfence/core/ids";
import type { CurrentMember } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { DetailPage } from "@/components/detail-page";
import { LoadingContent, Section } from "@/components/page-layout";
import { ArchiveButton } from "@/features/desk/archive/archive-buttons";
import { ArchivedBanner } from "@/features/desk/archive/archived-list";
import { Builder } from "@/features/audience/segment/builder/builder";
import { CallChoice } from "@/features/audience/segment/call-choice";
import { ExportPeople, PeopleOfStep } from "@/features/audience/segment/detail/people-of-step";
import { SavedWaterfall, SegmentAge } from "@/features/audience/segment/detail/saved-waterfall";
import { loadSegmentQuery, toSegmentCall } from "@/features/audience/segment/segment-query";
import { api, loadChoices, loadOrExplain, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import type { SegmentVersionListed } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { RecordedBy } from "@/components/officers";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("segments");
  return { title: t("title") };
}

type SegmentPageProps = PageProps<"/segments/[segmentId]">;

export default async function SegmentPage({ params, searchParams }: SegmentPageProps) {
  const member = await requireMember("segment.read");
  const { data: segmentId } = SegmentId.safeParse((await params).segmentId);
  if (segmentId === undefined) notFound();
  const [look, segment] = await Promise.all([
    loadSegmentQuery(searchParams),
    loadOrNotFound(api.segment.read({ segmentId })),
  ]);
  return (
    <LoadingContent title={segment.name}>
      {segment.archived ? (
        <DetailPage title={segment.name}>
          <ArchivedBanner
            item={{ kind: "segment", id: segmentId }}
            name={segment.name}
            archived={segment.archived}
            whyNot={await whyNot(member, "segment.change")}
          />
        </DetailPage>
      ) : (
        <OneSegment member={member} segmentId={segmentId} segment={segment} look={look} />
      )}
      <Versions segmentId={segmentId} />
    </LoadingContent>
  );
}

async function Versions({ segmentId }: { segmentId: SegmentId }) {
  return <SegmentVersions versions={await api.segment.versions({ segmentId })} />;
}

type OneSegmentProps = {
  member: CurrentMember;
  segmentId: SegmentId;
  segment: Awaited<ReturnType<typeof api.segment.read>>;
  look: Awaited<ReturnType<typeof loadSegmentQuery>>;
};

async function OneSegment({ member, segmentId, segment, look }: OneSegmentProps) {
  const call = toSegmentCall(look);
  const [screened, vocabulary, choices, notChange, notExport] = await Promise.all([
    loadOrExplain(api.segment.waterfall({ segmentId, ...call })),
    api.segment.world(),
    loadChoices(member),
    whyNot(member, "segment.change"),
    whyNot(member, "segment.export"),
  ]);
  if (screened.fault !== undefined) {
    return (
      <DetailPage title={segment.name} note={<SegmentAge segment={segment} />}>
        <Banner tone="bad" title={screened.fault} />
      </DetailPage>
    );
  }

  const { seller, purpose } = screened.got;
  const which = { segmentId, seller: seller.key, purpose };
  return (
    <DetailPage
      title={segment.name}
      note={<SegmentAge segment={segment} />}
      actions={
        <>
          <ExportPeople segmentId={segmentId} whyNot={notExport} />
          <ArchiveButton item={{ kind: "segment", id: segmentId }} whyNot={notChange} />
        </>
      }
    >
      <Builder
        key={segmentId}
        vocabulary={{ ...vocabulary, ownId: segmentId }}
        saved={{
          segment: { id: segmentId, version: segment.version },
          name: segment.name,
          rule: segment.rule,
        }}
        call={call}
        whyNot={notChange}
        savedWaterfall={<SavedWaterfall which={which} screened={screened.got} />}
        callFields={<CallChoice {...choices} />}
      />
      {look.place && <PeopleOfStep {...{ which, place: look.place, trail: look.after }} />}
    </DetailPage>
  );
}

type Changes = NonNullable<SegmentVersionListed["changes"]>;

/** Lists the versions of a segment's rule, latest first, with what each changed and who saved it. */
function SegmentVersions({ versions }: { versions: readonly SegmentVersionListed[] }) {
  const t = useTranslations("segmentVersions");
  return (
    <Section title={t("title")} aside={t("note")}>
      <ol reversed>
        {versions.map(({ number, at, by, sentence, changes }) => (
          <li key={number} className="grid gap-1 border-b border-line py-2.5">
            <h3 className="text-base font-semibold">{t("version", { number })}</h3>
            <p className="max-w-[46rem]">{sentence}</p>
            {changes && <WhatChanged changes={changes} />}
            <p className="text-sm text-muted">
              {t.rich("savedAt", {
                time: () => <LocalTime instant={at} precision="evidence" />,
                by: () => <RecordedBy by={by} />,
              })}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function WhatChanged({ changes: { added, removed, isRegrouped } }: { changes: Changes }) {
  const t = useTranslations("segmentVersions");
  if (isRegrouped) return <p className="text-sm">{t("regrouped")}</p>;
  if (added.length + removed.length === 0) return <p className="text-sm">{t("same")}</p>;
  return (
    <ul className="text-sm">
      {added.map((sentence, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{t("added", { sentence })}</li>
      ))}
      {removed.map((sentence, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{t("removed", { sentence })}</li>
      ))}
    </ul>
  );
}

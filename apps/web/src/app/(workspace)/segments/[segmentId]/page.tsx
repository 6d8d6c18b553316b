import { SegmentId } from "@ringfence/core/ids";
import type { CurrentMember } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { PageHead } from "@/components/page-head";
import { Reading } from "@/components/reading";
import { ArchiveButton } from "@/features/platform/archive/archive-buttons";
import { ArchivedBanner } from "@/features/platform/archive/archived-list";
import { Builder } from "@/features/audience/segment/builder/builder";
import { CallChoice } from "@/features/audience/segment/call-choice";
import { ExportPeople, PeopleOfStep } from "@/features/audience/segment/detail/people-of-step";
import { SavedWaterfall } from "@/features/audience/segment/detail/saved-waterfall";
import { SegmentAge } from "@/features/audience/segment/detail/segment-age";
import { SegmentVersions } from "@/features/audience/segment/detail/segment-versions";
import { loadSegmentQuery, toSegmentCall } from "@/features/audience/segment/segment-query";
import { loadOrExplain } from "@/server/load-or-explain";
import { api } from "@/server/caller";
import { loadChoices } from "@/server/choices";
import { loadOrNotFound } from "@/server/load-or-not-found";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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
    <Reading title={segment.name}>
      {segment.archived ? (
        <>
          <PageHead title={segment.name} />
          <ArchivedBanner
            item={{ kind: "segment", id: segmentId }}
            name={segment.name}
            archived={segment.archived}
            whyNot={await whyNot(member, "segment.change")}
          />
        </>
      ) : (
        <OneSegment member={member} segmentId={segmentId} segment={segment} look={look} />
      )}
      <Versions segmentId={segmentId} />
    </Reading>
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
  const [screened, world, choices, notChange, notExport] = await Promise.all([
    loadOrExplain(api.segment.waterfall({ segmentId, ...call })),
    api.segment.world(),
    loadChoices(member),
    whyNot(member, "segment.change"),
    whyNot(member, "segment.export"),
  ]);
  if (screened.fault !== undefined) {
    return (
      <>
        <PageHead title={segment.name} note={<SegmentAge segment={segment} />} />
        <Banner tone="bad" title={screened.fault} />
      </>
    );
  }

  const { seller, purpose } = screened.got;
  const which = { segmentId, seller: seller.key, purpose };
  return (
    <>
      <PageHead title={segment.name} note={<SegmentAge segment={segment} />}>
        <ExportPeople segmentId={segmentId} whyNot={notExport} />
        <ArchiveButton item={{ kind: "segment", id: segmentId }} whyNot={notChange} />
      </PageHead>
      <Builder
        key={segmentId}
        world={{ ...world, ownId: segmentId }}
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
    </>
  );
}

import { RegistryEditionId, RegistryId, RunId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader, createSerializer } from "nuqs/server";
import { Suspense } from "react";
import type { TrendPoint } from "@ringfence/services/do-not-call/registry";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { formatShortDay } from "@/i18n/format-time";
import { DetailPage } from "@/components/detail-page";
import { Columns, Empty, Section, Skeleton } from "@/components/page-layout";
import { Pager } from "@/components/pager";
import { parseAsTrail, toPagerLinks } from "@/server/list-query";
import { TableUpload } from "@/components/upload/table-upload";
import {
  ChangeLink,
  InForceFacts,
  ReadingFacts,
} from "@/features/do-not-call/registry/detail/facts";
import {
  Disconnect,
  DisconnectionState,
} from "@/features/do-not-call/registry/detail/disconnection";
import { EditionTable, HeldEdition } from "@/features/do-not-call/registry/detail/editions";
import { OperatorAnswers } from "@/features/do-not-call/registry/detail/operator-answers";
import { ReadButton } from "@/features/do-not-call/registry/reading";
import { RegistryState, RunTable } from "@/features/do-not-call/registry/detail/readings";
import { PastListingForm } from "@/features/do-not-call/registry/detail/past-listing";
import { isOpen } from "@/features/do-not-call/registry/words";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { BarChart, LineChart } from "@/components/charts/charts";

type RegistryPageProps = PageProps<"/registries/[registryId]">;

const query = { editions: parseAsTrail, readings: parseAsTrail };
const load = createLoader(query);
const toHref = createSerializer(query);
const [EDITIONS, READINGS] = [10, 10];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("registry");
  return { title: t("title") };
}

export default async function RegistryPage({ params, searchParams }: RegistryPageProps) {
  const member = await requireMember("registry.read");
  const registryId = RegistryId.safeParse((await params).registryId).data ?? notFound();
  const trails = await load(searchParams);
  const [t, { homeRegion }, refusal, registry, disconnection] = await Promise.all([
    getTranslations("registry"),
    api.organization.read(),
    whyNot(member, "registry.change"),
    loadOrNotFound(api.registry.view({ registryId })),
    loadOrNotFound(api.registry.disconnection({ registryId })),
  ]);
  const isDisconnected = registry.disconnectedAt !== null;
  const isRead = registry.run !== null && isOpen(registry.run);
  return (
    <DetailPage
      title={registry.name}
      note={registry.code}
      actions={
        <>
          <Disconnect {...{ registry, disconnection }} whyNot={refusal} />
          {!isDisconnected && <ReadButton registry={registry} isShut={isRead} whyNot={refusal} />}
        </>
      }
    >
      <div className="grid gap-4">
        <DisconnectionState {...{ registry, disconnection }} whyNot={refusal} />
        <RegistryState registry={registry} whyNot={refusal} />
        {registry.held && <HeldEdition registry={registry} held={registry.held} whyNot={refusal} />}
      </div>
      {registry.source.kind === "upload" && !isDisconnected && refusal === undefined && (
        <Upload registryId={registryId} />
      )}
      {registry.source.kind === "attested" && !isDisconnected && (
        <OperatorQuestions registryId={registryId} whyNot={refusal} />
      )}
      <Columns isEven>
        <Section title={t("inForce")}>
          <InForceFacts registry={registry} />
        </Section>
        <Section
          title={t("howRead")}
          aside={<ChangeLink registryId={registryId} whyNot={refusal} />}
        >
          <ReadingFacts registry={registry} />
        </Section>
      </Columns>
      {registry.answers === null && (
        <Section title={t("wasListed")}>
          <PastListingForm {...{ registryId, homeRegion }} />
        </Section>
      )}
      <Suspense fallback={<Skeleton label={t("readingEditions")} />}>
        {registry.answers === null && <Trend registryId={registryId} />}
        <Editions
          {...{ registryId, trails }}
          inForce={registry.edition?.number ?? undefined}
          whyNot={refusal}
        />
        <Readings {...{ registryId, trails }} />
      </Suspense>
    </DetailPage>
  );
}

async function Upload({ registryId }: { registryId: RegistryId }) {
  const t = await getTranslations("registry");
  return (
    <Section title={t("put")}>
      <TableUpload
        address={`/api/uploads/registries/${registryId}`}
        label={t("file")}
        hint={t("fileHint")}
        others=".zip,.xml,.json"
      />
    </Section>
  );
}

async function OperatorQuestions({
  registryId,
  whyNot,
}: {
  registryId: RegistryId;
  whyNot: string | undefined;
}) {
  const questions = await api.registry.questions({ registryId });
  return <OperatorAnswers {...{ registryId, questions, whyNot }} />;
}

type ListProps = {
  registryId: RegistryId;
  trails: Awaited<ReturnType<typeof load>>;
};

async function Trend({ registryId }: { registryId: RegistryId }) {
  const trends = await api.registry.trends({ registryId });
  return <RegistryTrend points={trends.get(registryId) ?? []} />;
}

async function Editions({
  registryId,
  trails,
  inForce,
  whyNot,
}: ListProps & { inForce?: number | undefined; whyNot: string | undefined }) {
  const after = RegistryEditionId.safeParse(trails.editions.at(-1)).data;
  const [t, { editions, next }] = await Promise.all([
    getTranslations("editions"),
    api.registry.editions({ registryId, after, limit: EDITIONS }),
  ]);
  const steps = toPagerLinks(trails.editions, next, (editions) =>
    toHref(`/registries/${registryId}`, { ...trails, editions }),
  );
  return (
    <Section
      title={t("title")}
      aside={<a href={`/api/registries/${registryId}/editions.csv`}>{t("csv")}</a>}
    >
      {editions.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <EditionTable {...{ editions, inForce, registryId, whyNot }} />
          <Pager label={t("pages")} shown={t("shown", { count: editions.length })} {...steps} />
        </>
      )}
    </Section>
  );
}

async function Readings({ registryId, trails }: ListProps) {
  const after = RunId.safeParse(trails.readings.at(-1)).data;
  const [t, { runs, next }] = await Promise.all([
    getTranslations("readings"),
    api.run.list({ job: "registry.sync", subjectId: registryId, after, limit: READINGS }),
  ]);
  const steps = toPagerLinks(trails.readings, next, (readings) =>
    toHref(`/registries/${registryId}`, { ...trails, readings }),
  );
  return (
    <Section
      title={t("title")}
      aside={<a href={`/api/registries/${registryId}/readings.csv`}>{t("csv")}</a>}
    >
      <RunTable runs={runs} />
      <Pager label={t("pages")} shown={t("shown", { count: runs.length })} {...steps} />
    </Section>
  );
}

/** Charts the size of a registry over its last editions, and what each added and removed. */
function RegistryTrend({ points }: { points: readonly TrendPoint[] }) {
  const t = useTranslations("registryTrend");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const formatLabel = ({ number, readAt }: TrendPoint) =>
    t("point", { number, day: formatShortDay(locale, zone, readAt) });
  const sum = (key: "added" | "removed") =>
    points.slice(1).reduce((total, point) => total + point[key], 0);
  return (
    <Section title={t("title")} aside={t("note", { count: points.length })}>
      <Columns isEven>
        <LineChart
          title={t("size")}
          sentence={t("sizeSentence", { before: first.listed, after: last.listed })}
          rowHead={t("edition")}
          series={[{ key: "listed", name: t("listed"), look: 1 }]}
          rows={points.map((point) => ({
            label: formatLabel(point),
            values: { listed: point.listed },
          }))}
        />
        <BarChart
          title={t("changes")}
          sentence={t("changesSentence", { added: sum("added"), removed: sum("removed") })}
          rowHead={t("edition")}
          series={[
            { key: "added", name: t("added"), look: 1 },
            { key: "removed", name: t("removed"), look: 2 },
          ]}
          // The first edition adds all numbers, and would dwarf every later change.
          rows={points.filter(isChange).map(({ added, removed, ...point }) => ({
            label: formatLabel({ added, removed, ...point }),
            values: { added, removed },
          }))}
        />
      </Columns>
    </Section>
  );
}

const isChange = ({ number }: TrendPoint) => number > 1;

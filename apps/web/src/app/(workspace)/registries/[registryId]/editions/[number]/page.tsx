import { EditionKey } from "@ringfence/core/do-not-call/registry";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Columns, Empty, Facts, Section } from "@/components/page-layout";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import type { ChangedNumber, EditionView } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { ByteSize, Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import {
  ChangeCounts,
  EditionDay,
  EditionRemark,
  Sha256,
} from "@/features/do-not-call/registry/words";
import { PhoneText } from "@/components/people";
import { Table } from "@/components/table";

type EditionPageProps = PageProps<"/registries/[registryId]/editions/[number]">;

async function parseEditionKey(params: EditionPageProps["params"]) {
  const { registryId, number } = await params;
  return EditionKey.safeParse({ registryId, number: Number(number) }).data ?? notFound();
}

export async function generateMetadata({ params }: EditionPageProps): Promise<Metadata> {
  const [t, { number }] = await Promise.all([getTranslations("edition"), parseEditionKey(params)]);
  return { title: t("title", { number }) };
}

export default async function EditionPage({ params }: EditionPageProps) {
  await requireMember("registry.read");
  const editionKey = await parseEditionKey(params);
  const { registryId, number } = editionKey;
  const [t, registry, { edition, sample }] = await Promise.all([
    getTranslations("edition"),
    loadOrNotFound(api.registry.view({ registryId })),
    loadOrNotFound(api.registry.difference(editionKey)),
  ]);
  const all = edition.added + edition.removed;
  return (
    <DetailPage
      title={t("title", { number })}
      note={t("note", { name: registry.name })}
      actions={<Link href={`/registries/${registryId}`}>{registry.name}</Link>}
    >
      <Columns isEven>
        <Section title={t("facts")}>
          <EditionFacts edition={edition} />
        </Section>
        <Section
          title={t("changed")}
          {...(sample.length > 0 && { aside: t("sample", { count: sample.length, all }) })}
        >
          <ChangedNumbers sample={sample} isFirst={number === 1} />
        </Section>
      </Columns>
    </DetailPage>
  );
}

/** Shows an edition with its evidence and review. */
function EditionFacts({ edition }: { edition: EditionView }) {
  const t = useTranslations("edition");
  const words = useTranslations("editions");
  return (
    <Facts
      facts={[
        { name: words("kind"), value: words(edition.kind) },
        { name: words("status"), value: <Badge status={edition.status} /> },
        { name: words("listed"), value: <Count value={edition.listed} /> },
        { name: t("changed"), value: <ChangeCounts edition={edition} /> },
        { name: t("readAt"), value: <LocalTime instant={edition.readAt} /> },
        { name: words("published"), value: <EditionDay edition={edition} /> },
        { name: t("lines"), value: <Count value={edition.lines} /> },
        { name: t("bytes"), value: <ByteSize bytes={edition.bytes} /> },
        { name: words("sha256"), value: <Sha256 hash={edition.sha256} /> },
        ...(edition.settled
          ? [{ name: words("settledWhy"), value: <EditionRemark edition={edition} /> }]
          : []),
      ]}
    />
  );
}

type ChangedNumbersProps = { sample: readonly ChangedNumber[]; isFirst: boolean };

/** Shows a sample of the numbers that an edition added or removed. */
function ChangedNumbers({ sample, isFirst }: ChangedNumbersProps) {
  const t = useTranslations("edition");
  if (sample.length === 0) {
    return isFirst ? <Empty title={t("none")}>{t("noneBody")}</Empty> : <p>{t("same")}</p>;
  }
  return (
    <Table
      caption={t("caption")}
      columns={[
        { key: "phone", head: t("phone"), cell: ({ phone }) => <PhoneText phone={phone} /> },
        {
          key: "change",
          head: t("change"),
          cell: ({ isAdded }) => t(isAdded ? "added" : "removed"),
        },
      ]}
      rows={sample}
      rowKey={({ phone }) => phone}
    />
  );
}

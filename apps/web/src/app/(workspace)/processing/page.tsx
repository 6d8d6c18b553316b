import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import {
  type ProcessedCategory,
  type ProcessingField,
  ownMeasures,
  requiredFields,
} from "@ringfence/core/desk/processing-record";
import { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import { Scope } from "@ringfence/core/platform/access";
import type {
  ConfiguredRecipient,
  ProcessingRecord,
} from "@ringfence/services/desk/processing-record";
import { Banner } from "@/components/banner";
import { ButtonLink, DownloadLink } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { DetailPage } from "@/components/detail-page";
import { RecordedBy } from "@/components/officers";
import { Facts, Section } from "@/components/page-layout";
import { type Column, Table } from "@/components/table";
import { toEventKey } from "@/features/do-not-call/endpoint/words";
import {
  type DescribeTerms,
  loadDescribeTerms,
} from "@/features/desk/processing-record/describe-terms";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("processing");
  return { title: t("title") };
}

/** The record of processing activities (GDPR art. 30), which can be printed. */
export default async function ProcessingPage() {
  const member = await requireMember("processing-record.read");
  const [t, record, describe, notChange] = await Promise.all([
    getTranslations("processing"),
    api.processing.read(),
    loadDescribeTerms(),
    whyNot(member, "processing-record.change"),
  ]);
  const missing = requiredFields.filter((field) => record.details[field] === null);
  return (
    <DetailPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadLink href="/api/processing.csv">{t("download")}</DownloadLink>
          {notChange === undefined && (
            <ButtonLink href="/processing/change">{t("change")}</ButtonLink>
          )}
        </>
      }
    >
      {missing.length > 0 && (
        <Banner tone="care" title={t("missing")}>
          {missing.map((field) => t(`fields.${field}`)).join(", ")}
        </Banner>
      )}
      <Section title={t("responsible")} aside={t("responsibleNote", { name: record.organization })}>
        <OfficerDetails
          record={record}
          fields={["controller", "contact", "representative", "protectionOfficer"]}
        />
        {record.changed && <Changed {...record.changed} />}
      </Section>
      <Section title={t("purposes")} aside={t("purposesNote")}>
        <Purposes record={record} />
        <OfficerDetails record={record} fields={["grounds"]} />
      </Section>
      <Section title={t("categories")} aside={t("categoriesNote")}>
        {record.keepsForGood && <p className="pt-2.5">{t("noPolicy")}</p>}
        <Categories categories={record.categories} describe={describe} />
      </Section>
      <Section title={t("recipients")} aside={t("recipientsNote")}>
        <Recipients recipients={record.recipients} />
        <OfficerDetails record={record} fields={["recipients", "transfers"]} />
      </Section>
      <Section title={t("measuresTitle")} aside={t("measuresNote")}>
        <ul className="grid max-w-[46rem] list-disc gap-1 py-2.5 pl-5">
          {ownMeasures.map((measure) => (
            <li key={measure}>{t(`ownMeasures.${measure}`)}</li>
          ))}
        </ul>
        <OfficerDetails record={record} fields={["measures"]} />
      </Section>
    </DetailPage>
  );
}

function Changed({ at, by }: NonNullable<ProcessingRecord["changed"]>) {
  const t = useTranslations("processing");
  return (
    <p className="pt-2 text-sm text-muted">
      {t.rich("changed", {
        at: () => <LocalTime instant={at} />,
        by: () => <RecordedBy by={by} />,
      })}
    </p>
  );
}

type OfficerDetailsProps = { record: ProcessingRecord; fields: readonly ProcessingField[] };

/** Shows the details that officers fill in, and marks the missing ones. */
function OfficerDetails({ record: { details }, fields }: OfficerDetailsProps) {
  const t = useTranslations("processing");
  return (
    <Facts
      facts={fields.map((field) => ({
        name: t(`fields.${field}`),
        value:
          details[field] === null ? (
            <span className="text-muted">{t("notFilledIn")}</span>
          ) : (
            <span className="break-words whitespace-pre-line">{details[field]}</span>
          ),
      }))}
    />
  );
}

function Purposes({ record: { purposes, sellers } }: { record: ProcessingRecord }) {
  const t = useTranslations("processing");
  const kinds = useTranslations("organization.kinds");
  return (
    <Facts
      facts={[
        ...purposes.map(({ name, kind }) => ({ name, value: kinds(kind) })),
        ...sellers.map(({ name, consentPolicy }) => ({
          name,
          value: t("callGround", { ground: consentPolicy }),
        })),
      ]}
    />
  );
}

type CategoriesProps = { categories: readonly ProcessedCategory[]; describe: DescribeTerms };

/** Table of the categories of data, whose they are, and how long they are kept. */
function Categories({ categories, describe }: CategoriesProps) {
  const t = useTranslations("processing");
  const columns: [Column<ProcessedCategory>, ...Column<ProcessedCategory>[]] = [
    {
      key: "category",
      head: t("category"),
      cell: ({ category }) => (
        <>
          {t(`categoryNames.${category}`)}
          <span className="block max-w-[28rem] text-sm font-normal text-muted">
            {t(`categoryAbout.${category}`)}
          </span>
        </>
      ),
    },
    {
      key: "people",
      head: t("people"),
      narrow: t("people"),
      cell: ({ people }) => t(`peopleNames.${people}`),
    },
    {
      key: "kept",
      head: t("kept"),
      narrow: t("kept"),
      cell: describe,
    },
  ];
  return (
    <Table
      isStack
      caption={t("categories")}
      columns={columns}
      rows={categories}
      rowKey={({ category }) => category}
    />
  );
}

function Recipients({ recipients }: { recipients: readonly ConfiguredRecipient[] }) {
  const t = useTranslations("processing");
  if (recipients.length === 0) return <p className="py-2.5 text-muted">{t("noRecipient")}</p>;
  const columns: [Column<ConfiguredRecipient>, ...Column<ConfiguredRecipient>[]] = [
    { key: "name", head: t("recipient"), cell: ({ name }) => name },
    {
      key: "kind",
      head: t("recipientKind"),
      narrow: t("recipientKind"),
      cell: ({ kind }) => t(`recipientKinds.${kind}`),
    },
    {
      key: "host",
      head: t("address"),
      narrow: t("address"),
      cell: ({ host }) => host && <span className="break-all">{host}</span>,
    },
    {
      key: "received",
      head: t("received"),
      narrow: t("received"),
      cell: ({ received }) => <Received received={received} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("recipients")}
      columns={columns}
      rows={recipients}
      rowKey={({ kind, name }) => `${kind} ${name}`}
    />
  );
}

/** Names the events that a system gets, or what a key may do. */
function Received({ received }: Pick<ConfiguredRecipient, "received">) {
  const events = useTranslations("endpoints.eventNames");
  const scopes = useTranslations("apiKeys.scopes");
  const names = received.flatMap((one) => {
    const [event, scope] = [EndpointEvent.safeParse(one), Scope.safeParse(one)];
    if (event.success) return events(toEventKey(event.data));
    return scope.success ? scopes(scope.data) : [];
  });
  return names.join(", ");
}

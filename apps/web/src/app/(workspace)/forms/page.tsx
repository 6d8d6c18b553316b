import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { CaptureFormListItem } from "@ringfence/services/consents/capture-form";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { nameJurisdictions } from "@/features/people/jurisdiction/jurisdiction-names";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("captureForms");
  return { title: t("title") };
}

export default async function FormsPage() {
  const member = await requireMember("capture-form.read");
  const t = await getTranslations("captureForms");
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/forms.csv" />
          <NewLink href="/forms/new" whyNot={await whyNot(member, "capture-form.change")}>
            {t("new")}
          </NewLink>
        </>
      }
    >
      <LoadingContent>
        <Forms />
      </LoadingContent>
    </ListPage>
  );
}

async function Forms() {
  const [t, forms] = [
    await getTranslations("captureForms"),
    await api.captureForm.listWithConsents(),
  ];
  return (
    <ListRows isEmpty={forms.length === 0} empty={{ title: t("empty"), body: t("emptyBody") }}>
      <FormTable forms={forms} />
    </ListRows>
  );
}

/** Table of forms with jurisdictions, state and number of consents. */
function FormTable({ forms }: { forms: readonly CaptureFormListItem[] }) {
  const t = useTranslations("captureForms");
  const locale = useLocale();
  const format = useFormatter();
  const columns: [Column<CaptureFormListItem>, ...Column<CaptureFormListItem>[]] = [
    {
      key: "name",
      head: t("form"),
      cell: ({ id, name }) => (
        <Link href={`/forms/${id}`} prefetch={false}>
          {name}
        </Link>
      ),
    },
    { key: "kind", head: t("kind"), narrow: "full", cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: "places",
      head: t("places"),
      narrow: t("places"),
      cell: ({ jurisdictions }) =>
        format.list(nameJurisdictions(locale, jurisdictions), { type: "unit" }),
    },
    {
      key: "state",
      head: t("state"),
      narrow: t("state"),
      cell: ({ version, isChanged, closedAt }) =>
        closedAt ? t("closed") : t("stateOf", { version, isChanged: String(isChanged) }),
    },
    {
      key: "consents",
      head: t("consents"),
      narrow: t("consents"),
      isFigure: true,
      cell: ({ consents }) => <Count value={consents} />,
    },
    {
      key: "last",
      head: t("last"),
      narrow: t("last"),
      isFigure: true,
      cell: ({ lastConsentAt }) =>
        lastConsentAt ? <LocalTime instant={lastConsentAt} precision="cell" /> : t("never"),
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={forms} rowKey={({ id }) => id} />
  );
}

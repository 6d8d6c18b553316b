import { ImportId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { DetailPage } from "@/components/detail-page";
import { ImportNote, ImportState } from "@/features/desk/import/detail/import-state";
import { ImportPlan } from "@/features/desk/import/detail/import-plan";
import { listRegions } from "@/i18n/list-regions";
import { api, loadChoices, loadOrExplain, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

type ImportPageProps = PageProps<"/imports/[importId]">;

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("import");
  return { title: t("title") };
}

export default async function ImportPage({ params }: ImportPageProps) {
  const member = await requireMember("import.read");
  const [t, locale, refusal, view, { sellers, purposes }] = await Promise.all([
    getTranslations("import"),
    getLocale(),
    whyNot(member, "import.run"),
    loadImport(await params),
    loadChoices(member),
  ]);
  const choices = {
    sellers: sellers.map(({ key, name }) => ({ key, name })),
    purposes: purposes.map(({ key, name }) => ({ key, name })),
  };
  const { id, run, isDryRun } = view;
  const isOpen = run === null || run.status === "failed" || (run.status === "done" && isDryRun);
  const preview = isOpen && !refusal ? await loadOrExplain(api.import.preview({ id })) : null;
  return (
    <DetailPage title={view.fileName} note={<ImportNote view={view} />}>
      <ImportState view={view} />
      {isOpen && refusal && (
        <Banner tone="locked" title={t("notYours")}>
          {refusal}
        </Banner>
      )}
      {preview?.fault && (
        <Banner tone="bad" title={t("unreadable")}>
          {preview.fault}
        </Banner>
      )}
      {preview?.got && (
        <ImportPlan
          key={run?.id}
          importId={id}
          firstPreview={preview.got}
          regions={listRegions(locale)}
          zones={zones}
          choices={choices}
        />
      )}
    </DetailPage>
  );
}

function loadImport({ importId }: Awaited<ImportPageProps["params"]>) {
  const id = ImportId.safeParse(importId);
  return id.success ? loadOrNotFound(api.import.read({ importId: id.data })) : notFound();
}

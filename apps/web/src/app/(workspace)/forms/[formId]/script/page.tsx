import { CaptureFormId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { PrintButton } from "@/components/client-buttons";
import { PublishedTexts } from "@/features/consents/capture-form/paper/published-texts";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("script");
  return { title: t("title") };
}

/** The script that an agent reads out word by word, with the answers to wait for. */
export default async function ScriptPage({ params }: PageProps<"/forms/[formId]/script">) {
  await requireMember("capture-form.read");
  const formId = CaptureFormId.safeParse((await params).formId).data ?? notFound();
  const [t, { name, versions }] = await Promise.all([
    getTranslations("script"),
    loadOrNotFound(api.captureForm.read({ formId })),
  ]);
  const [latest] = versions;
  if (latest === undefined) notFound();
  return (
    <DetailPage title={name} note={t("note")} actions={<PrintButton>{t("print")}</PrintButton>}>
      <div className="max-w-[46rem]">
        <Section title={t("before")}>
          <p className="py-3">{t("beforeBody")}</p>
        </Section>
        <Section title={t("read")}>
          <div className="py-3">
            <PublishedTexts disclosures={latest.disclosures} hasBox={false} />
          </div>
        </Section>
        <Section title={t("wait")}>
          <p className="py-3">{t("waitBody")}</p>
        </Section>
      </div>
    </DetailPage>
  );
}

import { may } from "@ringfence/core/platform/access";
import { CaptureFormId } from "@ringfence/core/ids";
import { say } from "@ringfence/core/platform/message";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { env } from "@/env";
import { CaptureFormEditor } from "@/features/consents/capture-form/edit/capture-form-editor";
import { listDisclosureChoices } from "@/features/consents/capture-form/edit/disclosure-choices";
import { FormReport, PublishForm } from "@/features/consents/capture-form/detail/check-and-publish";
import { EmbedCode } from "@/features/consents/capture-form/detail/embed-code";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import type { CaptureFormView } from "@ringfence/services/consents/capture-form";
import { useFormatter, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("captureForm");
  return { title: t("title") };
}

export default async function FormPage({ params }: PageProps<"/forms/[formId]">) {
  const member = await requireMember("capture-form.read");
  const formId = CaptureFormId.safeParse((await params).formId).data ?? notFound();
  const [t, kinds, form, listed, { runs }, locale, refusal] = await Promise.all([
    getTranslations("captureForm"),
    getTranslations("captureForms.kinds"),
    loadOrNotFound(api.captureForm.read({ formId })),
    api.disclosure.list(),
    may(toActor(member), "run.read")
      ? api.run.list({ job: "form.check", subjectId: formId, limit: 1 })
      : { runs: [] },
    getLocale(),
    whyNot(member, "capture-form.change"),
  ]);
  const { name, kind, draft, disclosures, versions } = form;
  const [last] = runs;
  return (
    <DetailPage title={name} note={kinds(kind)}>
      <EmbedCode form={form} publicUrl={env().PUBLIC_URL} apiUrl={env().API_URL} />
      <Section title={t("draft")}>
        {refusal === undefined && (
          <CaptureFormEditor
            key={versions.length}
            id={formId}
            initial={{ name, kind, settings: draft }}
            disclosures={listDisclosureChoices(listed, disclosures)}
          />
        )}
        <PublishForm form={form} whyNot={refusal} />
      </Section>
      <FormReport
        form={form}
        run={{
          isOpen: last?.status === "queued" || last?.status === "running",
          failure: last?.status === "failed" && last.error ? say(locale, last.error) : null,
        }}
        whyNot={refusal}
      />
      <FormVersions versions={versions} />
    </DetailPage>
  );
}

/** Lists the published versions of a form. */
function FormVersions({ versions }: Pick<CaptureFormView, "versions">) {
  const t = useTranslations("captureForm");
  const format = useFormatter();
  if (versions.length === 0) return null;
  return (
    <Section title={t("versions")}>
      <ul>
        {versions.map(({ version, settings, disclosures, publishedAt, by }) => (
          <li key={version} className="grid gap-1 border-b border-line py-2.5">
            <h3>{t("version", { version })}</h3>
            <p>
              {format.list(disclosures.map(({ terms, version }) => `${terms.title} (${version})`))}
            </p>
            <p className="text-sm text-muted">
              {format.list(settings.jurisdictions, { type: "unit" })}
              {". "}
              {t.rich("published", {
                by: by?.name ?? t("gone"),
                time: () => <LocalTime instant={publishedAt} precision="evidence" />,
              })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

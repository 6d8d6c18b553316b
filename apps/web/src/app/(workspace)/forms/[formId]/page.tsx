import { may } from "@ringfence/core/platform/access";
import { CaptureFormId } from "@ringfence/core/ids";
import { fromStoredMessage, say } from "@ringfence/core/platform/message";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { CaptureFormView } from "@ringfence/services/consents/capture-form";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { script } from "@ringfence/capture/script";
import { DetailPage } from "@/components/detail-page";
import { Empty, Section } from "@/components/page-layout";
import { env } from "@/env";
import { CaptureFormEditor } from "@/features/consents/capture-form/edit/capture-form-editor";
import {
  disclosureLabel,
  listDisclosureChoices,
} from "@/features/consents/capture-form/edit/disclosure-choices";
import { FormReport, PublishForm } from "@/features/consents/capture-form/detail/check-and-publish";
import {
  nameJurisdictions,
  namesByJurisdiction,
} from "@/features/people/jurisdiction/jurisdiction-names";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { LocalTime } from "@/components/dates";
import { CopyButton } from "@/components/client-buttons";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("captureForm");
  return { title: t("title") };
}

export default async function FormPage({ params }: PageProps<"/forms/[formId]">) {
  const member = await requireMember("capture-form.read");
  const formId = CaptureFormId.safeParse((await params).formId).data ?? notFound();
  const [t, kinds, form, listed, { runs }, locale, refusal, law] = await Promise.all([
    getTranslations("captureForm"),
    getTranslations("captureForms.kinds"),
    loadOrNotFound(api.captureForm.read({ formId })),
    api.disclosure.list(),
    may(toActor(member), "run.read")
      ? api.run.list({ job: "form.check", subjectId: formId, limit: 1 })
      : { runs: [] },
    getLocale(),
    whyNot(member, "capture-form.change"),
    api.jurisdiction.law(),
  ]);
  const { name, kind, draft, disclosures, versions } = form;
  const [last] = runs;
  // A form may still name a place that an update of the law left out.
  const places = namesByJurisdiction(locale, [...law.places, ...draft.jurisdictions]);
  return (
    <DetailPage title={name} note={kinds(kind)}>
      <EmbedCode form={form} publicUrl={env().PUBLIC_URL} apiUrl={env().API_URL} />
      <Section title={t("draft")}>
        {refusal === undefined && (
          <CaptureFormEditor
            key={versions.length}
            id={formId}
            initial={{ name, kind, settings: draft }}
            disclosures={listDisclosureChoices(locale, listed, disclosures)}
            places={places}
          />
        )}
        <PublishForm form={form} places={places} whyNot={refusal} />
      </Section>
      <FormReport
        form={form}
        places={places}
        run={{
          isOpen: last?.status === "queued" || last?.status === "running",
          failure:
            last?.status === "failed" && last.error
              ? say(locale, fromStoredMessage(last.error))
              : null,
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
  const locale = useLocale();
  const format = useFormatter();
  if (versions.length === 0) return null;
  return (
    <Section title={t("versions")}>
      <ul>
        {versions.map(({ version, settings, disclosures, publishedAt, by }) => (
          <li key={version} className="grid gap-1 border-b border-line py-2.5">
            <h3>{t("version", { version: String(version) })}</h3>
            <p>{format.list(disclosures.map((text) => disclosureLabel(locale, text)))}</p>
            <p className="text-sm text-muted">
              {format.list(nameJurisdictions(locale, settings.jurisdictions), { type: "unit" })}
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

type EmbedCodeProps = {
  form: Pick<CaptureFormView, "id" | "address" | "kind" | "versions">;
  publicUrl: string;
  apiUrl: string;
};

/** Shows how people reach the form: its hosted page, the code to embed, paper and script. */
function EmbedCode({ form, publicUrl, apiUrl }: EmbedCodeProps) {
  const t = useTranslations("whereItStands");
  const { id, address, versions } = form;
  if (versions.length === 0) {
    return (
      <Section title={t("title")}>
        <Empty title={t("notYet")}>{t("notYetBody")}</Empty>
      </Section>
    );
  }
  const hosted = `${publicUrl}/f/${address}`;
  const snippet = createSnippet(address, apiUrl);
  return (
    <Section title={t("title")}>
      <div className="grid gap-4 pt-3">
        <div>
          <h3>{t("hosted")}</h3>
          <p className="break-all">
            <a href={hosted}>{hosted}</a>
          </p>
        </div>
        <p className="flex flex-wrap gap-4">
          <a href={`/forms/${id}/paper`}>{t("paper")}</a>
          <a href={`/forms/${id}/script`}>{t("script")}</a>
        </p>
        <div className="grid gap-1.5">
          <h3>{t("own")}</h3>
          <p className="text-muted">{t("ownHint")}</p>
          {/* The keyboard has to reach a scrollable area. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0} className="scroll bg-sunken p-3 font-mono text-xs">
            {snippet}
          </pre>
          <p>
            <CopyButton text={snippet} />
          </p>
        </div>
      </div>
    </Section>
  );
}

const createSnippet = (
  address: string,
  apiUrl: string,
) => `<script src="${apiUrl}/consent.js" defer crossorigin="anonymous"
  integrity="${script.integrity}"></script>

<form data-ringfence="${address}" …>
  <input type="tel" …>
  <label><input type="checkbox" data-ringfence-box="advertising">
    <span data-ringfence-text="advertising"></span></label>
</form>
<a data-ringfence-receipt hidden>Your copy, and how to withdraw</a>`;

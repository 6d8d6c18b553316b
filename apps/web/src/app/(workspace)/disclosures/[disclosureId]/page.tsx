import { DisclosureId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Empty, Section } from "@/components/page-layout";
import { ArchiveButton } from "@/features/platform/archive/archive-buttons";
import { ArchivedBanner } from "@/features/platform/archive/archived-list";
import { DisclosureForm } from "@/features/consents/disclosure/edit/disclosure-form";
import { PublishDisclosure } from "@/features/consents/disclosure/detail/publish-disclosure";
import { VersionList } from "@/features/consents/disclosure/detail/version-list";
import { api, loadChoices, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("disclosure");
  return { title: t("title") };
}

export default async function DisclosurePage({ params }: PageProps<"/disclosures/[disclosureId]">) {
  const member = await requireMember("disclosure.read");
  const disclosureId = DisclosureId.safeParse((await params).disclosureId).data ?? notFound();
  const [t, { draft, versions, archived }, refusal, { sellers, purposes }] = await Promise.all([
    getTranslations("disclosure"),
    loadOrNotFound(api.disclosure.read({ disclosureId })),
    whyNot(member, "disclosure.change"),
    loadChoices(member),
  ]);
  const initial = draft ?? versions[0];
  if (initial === undefined) notFound();
  return (
    <DetailPage
      title={initial.terms.title}
      note={t("stateOf", {
        version: versions[0]?.version ?? 0,
        hasDraft: String(draft !== null),
      })}
      actions={
        !archived && (
          <ArchiveButton item={{ kind: "disclosure", id: disclosureId }} whyNot={refusal} />
        )
      }
    >
      {archived ? (
        <>
          <ArchivedBanner
            item={{ kind: "disclosure", id: disclosureId }}
            name={initial.terms.title}
            archived={archived}
            whyNot={refusal}
          />
          {draft && (
            <Section title={t("draft")}>
              <p lang={draft.language} className="max-w-[46rem] py-2.5 whitespace-pre-line">
                {draft.text}
              </p>
            </Section>
          )}
        </>
      ) : (
        <Section title={t(draft ? "draft" : "next")}>
          {refusal === undefined ? (
            <DisclosureForm
              key={versions.length}
              id={disclosureId}
              initial={{ language: initial.language, text: initial.text, terms: initial.terms }}
              sellers={sellers.map(({ id, name }) => ({ key: id, name }))}
              purposes={purposes.map(({ key, name }) => ({ key, name }))}
            />
          ) : (
            <Empty title={t(draft ? "draftOfOthers" : "noDraft")}>{refusal}</Empty>
          )}
          {draft && <PublishDisclosure id={disclosureId} whyNot={refusal} />}
        </Section>
      )}
      <VersionList versions={versions} />
    </DetailPage>
  );
}

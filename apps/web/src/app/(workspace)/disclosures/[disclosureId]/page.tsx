import { DisclosureId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { DisclosureView } from "@ringfence/services/consents/disclosure";
import { useFormatter, useTranslations } from "next-intl";
import { DetailPage } from "@/components/detail-page";
import { Empty, Section } from "@/components/page-layout";
import { ArchiveButton } from "@/features/desk/archive/archive-buttons";
import { ArchivedBanner } from "@/features/desk/archive/archived-list";
import { DisclosureForm } from "@/features/consents/disclosure/edit/disclosure-form";
import { PublishDisclosure } from "@/features/consents/disclosure/detail/publish-disclosure";
import { api, loadChoices, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { LocalTime } from "@/components/dates";
import { Seal } from "@/components/seal";

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
      <VersionList versions={versions} purposes={purposes} />
    </DetailPage>
  );
}

type VersionListProps = Pick<DisclosureView, "versions"> & {
  purposes: readonly { key: string; name: string }[];
};

/** Lists the published versions with text, publisher and hash. */
function VersionList({ versions, purposes }: VersionListProps) {
  const t = useTranslations("disclosure");
  const channels = useTranslations("timeline.channel");
  const format = useFormatter();
  const purposeName = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  if (versions.length === 0) {
    return (
      <Section title={t("versions")}>
        <Empty title={t("noVersion")}>{t("noVersionBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t("versions")}>
      <ul>
        {versions.map(({ version, language, text, terms, publishedAt, by, sha256 }) => (
          <li key={version} className="flex gap-4 border-b border-line py-3">
            <div className="grid min-w-0 flex-1 gap-1.5">
              <h3>{t("version", { version: String(version) })}</h3>
              <blockquote
                lang={language}
                className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
              >
                {text}
              </blockquote>
              {terms.purposes.length > 0 && (
                <p className="text-sm text-muted">
                  {t("for", {
                    purposes: format.list(terms.purposes.map(purposeName)),
                    channels: format.list(terms.channels.map((channel) => channels(channel))),
                  })}
                </p>
              )}
              <p className="text-sm text-muted">
                {t.rich("published", {
                  by: by?.name ?? t("gone"),
                  time: () => <LocalTime instant={publishedAt} precision="evidence" />,
                })}
              </p>
              <p className="font-mono text-xs break-all text-muted">{sha256}</p>
            </div>
            <Seal hash={sha256} size={56} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

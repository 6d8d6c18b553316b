import type { PolicyChanges } from "@ringfence/core/calling/policy";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { DetailPage } from "@/components/detail-page";
import { LoadingContent, Section } from "@/components/page-layout";
import { MakePolicyPreview } from "@/features/audience/law-preview/make-preview";
import { Preview } from "@/features/audience/law-preview/preview-result";
import { DiscardDraft, DraftRules, PublishDraft } from "@/features/calling/policy/edit-draft";
import { type RegistryNames, RuleSentence } from "@/features/calling/policy/rule-sentence";
import { placeName } from "@/i18n/place-name";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policy");
  return { title: t("draft") };
}

/** Shows a draft of a policy: its rules, what it would change, and how it is published. */
export default async function PolicyDraftPage({ params }: PageProps<"/policy/[draftId]">) {
  const member = await requireMember("policy.read");
  const draftId = z.uuid().safeParse((await params).draftId).data ?? notFound();
  const draft = await loadOrNotFound(api.policy.draft({ draftId }));
  const [t, locale, format, law, previews, notChange, notPublish, notPreview] = await Promise.all([
    getTranslations("policy"),
    getLocale(),
    getFormatter(),
    api.jurisdiction.law(),
    api.lawPreview.listOfDraft({ draftId }),
    whyNot(member, "policy.change"),
    whyNot(member, "policy.publish"),
    whyNot(member, "law-preview.request"),
  ]);
  const { hash, rules, changes, authors, savedAt, seller, isOutdated } = draft;
  const { registryNames } = law;
  const byName = (one: { name: string }, other: { name: string }) =>
    one.name.localeCompare(other.name, locale);
  const choices = {
    places: law.places.map((id) => ({ id, name: placeName(locale, id) })).toSorted(byName),
    registries: draft.registries
      .map((id) => ({ id, name: registryNames[id] ?? id }))
      .toSorted(byName),
  };
  const isUnchanged = Object.values(changes).every((list) => list.length === 0);
  const whyNotPreview = isUnchanged ? t("unchanged") : notPreview;
  return (
    <DetailPage
      title={t("draftOf", { scope: seller?.name ?? t("allSellers") })}
      note={t.rich("written", {
        authors: format.list(authors.map((name) => name ?? t("nobody"))),
        time: () => <LocalTime instant={savedAt} />,
      })}
      actions={
        <>
          <ButtonLink href="/policy">{t("back")}</ButtonLink>
          <DiscardDraft draftId={draftId} whyNot={notChange} />
          <PublishDraft
            draftId={draftId}
            hash={hash}
            publishFault={draft.publishFault}
            whyNot={isUnchanged ? t("unchanged") : notPublish}
          />
        </>
      }
    >
      {isOutdated && <Banner title={t("outdated")}>{t("outdatedBody")}</Banner>}
      <LoadingContent>
        <Section title={t("draftRules")} aside={t("draftRulesNote")}>
          <DraftRules
            draftId={draftId}
            hash={hash}
            rules={rules}
            former={[...changes.removed]}
            choices={choices}
            registryNames={registryNames}
            whyNot={notChange}
          />
        </Section>
        <Section title={t("changes")} aside={t("changesNote")}>
          {isUnchanged && <p className="py-2.5 text-muted">{t("noChange")}</p>}
          <Changes changes={changes} registryNames={registryNames} />
        </Section>
        <Section title={t("whatIf")} aside={t("whatIfNote")}>
          <div className="flex flex-wrap gap-3 pt-3">
            <MakePolicyPreview draftId={draftId} span={1} whyNot={whyNotPreview} />
            <MakePolicyPreview draftId={draftId} span={7} whyNot={whyNotPreview} />
          </div>
        </Section>
        {previews.map((preview) => (
          <Preview key={preview.id} preview={preview} isOfDraft />
        ))}
      </LoadingContent>
    </DetailPage>
  );
}

type ChangesProps = { changes: PolicyChanges; registryNames: RegistryNames };

/** Lists the rules that the draft adds, changes and removes. */
function Changes({ changes: { added, changed, removed }, registryNames }: ChangesProps) {
  const t = useTranslations("policy");
  const all = [
    ...added.map((rule) => ({ rule, what: "added" as const, before: undefined })),
    ...changed.map(({ before, after }) => ({ rule: after, what: "changed" as const, before })),
    ...removed.map((rule) => ({ rule, what: "removed" as const, before: undefined })),
  ];
  return (
    <ul>
      {all.map(({ rule, what, before }) => (
        <li key={rule.id} className="grid gap-1 border-b border-line py-2.5">
          <span className="text-sm text-muted">{t(`change.${what}`)}</span>
          <RuleSentence rule={rule} registryNames={registryNames} />
          {before && (
            <span className="grid gap-0.5 text-sm">
              <span className="text-muted">{t("change.before")}</span>
              <RuleSentence rule={before} registryNames={registryNames} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

import type { SellerId } from "@ringfence/core/ids";
import type { PoliciesView, PolicyView } from "@ringfence/services/calling/policy";
import type { Metadata } from "next";
import { useFormatter, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { ListPage } from "@/components/list-page";
import { Empty, LoadingContent, Section } from "@/components/page-layout";
import { StartDraft } from "@/features/calling/policy/edit-draft";
import { type RegistryNames, RuleSentence } from "@/features/calling/policy/rule-sentence";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policy");
  return { title: t("title") };
}

/** Shows the organization's own rules: those in force and to come, the drafts, and what was replaced. */
export default async function PolicyPage() {
  const member = await requireMember("policy.read");
  const [t, { sellers, policies, drafts }, { registryNames }, notChange] = await Promise.all([
    getTranslations("policy"),
    api.policy.list(),
    api.jurisdiction.law(),
    whyNot(member, "policy.change"),
  ]);
  const scopes: { sellerId: SellerId | null; name: string }[] = [
    { sellerId: null, name: t("allSellers") },
    ...sellers.map(({ id, name }) => ({ sellerId: id, name })),
  ];
  const nameScope = (id: SellerId | null) =>
    scopes.find(({ sellerId }) => sellerId === id)?.name ?? "";
  const shown = { nameScope, registryNames };
  const ofState = (state: PolicyView["state"]) => policies.filter((one) => one.state === state);
  const free = scopes.filter(({ sellerId }) => !drafts.some((one) => one.sellerId === sellerId));
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={<StartDraft scopes={free} whyNot={notChange} />}
    >
      <LoadingContent>
        <Section title={t("inForce")} aside={t("inForceNote")}>
          <InForce policies={ofState("in-force")} {...shown} />
        </Section>
        {ofState("scheduled").length > 0 && (
          <Section title={t("scheduled")}>
            <Policies policies={ofState("scheduled")} {...shown} />
          </Section>
        )}
        <Section title={t("drafts")} aside={t("draftsNote")}>
          <Drafts drafts={drafts} nameScope={nameScope} />
        </Section>
        <Section title={t("replaced")} aside={t("replacedNote")}>
          {ofState("replaced").length === 0 && (
            <p className="py-2.5 text-muted">{t("noneReplaced")}</p>
          )}
          <Policies policies={ofState("replaced")} isFolded {...shown} />
        </Section>
      </LoadingContent>
    </ListPage>
  );
}

type Shown = { nameScope: (id: SellerId | null) => string; registryNames: RegistryNames };
type PoliciesProps = Shown & { policies: readonly PolicyView[]; isFolded?: boolean };

function InForce({ policies, ...shown }: PoliciesProps) {
  const t = useTranslations("policy");
  const own = policies.filter(({ rules }) => rules === null || rules.length > 0);
  return own.length === 0 ? (
    <Empty title={t("none")}>{t("noneBody")}</Empty>
  ) : (
    <Policies policies={own} {...shown} />
  );
}

/** Lists policies with their rules, who wrote and published them, and why. */
function Policies({ policies, nameScope, registryNames, isFolded = false }: PoliciesProps) {
  const t = useTranslations("policy");
  return policies.map((policy) => {
    const { id, sellerId, rules, reason } = policy;
    const list = <Rules rules={rules} registryNames={registryNames} />;
    return (
      <article key={id} className="grid gap-1 border-b border-line py-3">
        <h3 className="text-base font-semibold">{nameScope(sellerId)}</h3>
        <Origin policy={policy} />
        <p className="max-w-[46rem] whitespace-pre-line">{reason}</p>
        {isFolded ? (
          <details>
            <summary>{t("rules", { count: rules?.length ?? 0 })}</summary>
            {list}
          </details>
        ) : (
          list
        )}
      </article>
    );
  });
}

type RulesProps = { rules: PolicyView["rules"]; registryNames: RegistryNames };

function Rules({ rules, registryNames }: RulesProps) {
  const t = useTranslations("policy");
  if (rules === null) return <Banner tone="bad" title={t("unreadable")} />;
  if (rules.length === 0) return <p className="text-muted">{t("withoutRules")}</p>;
  return (
    <ol className="list-decimal pl-5">
      {rules.map((rule) => (
        <li key={rule.id} className="py-1">
          <RuleSentence rule={rule} registryNames={registryNames} />
        </li>
      ))}
    </ol>
  );
}

/** Says since when a policy applies, and who wrote and published it. */
function Origin({ policy: { state, inForceFrom, by, authors, hash } }: { policy: PolicyView }) {
  const t = useTranslations("policy");
  const format = useFormatter();
  const nobody = t("nobody");
  return (
    <p className="flex flex-wrap gap-x-3 text-sm text-muted">
      <span>
        {t.rich(state === "scheduled" ? "begins" : "since", {
          time: () => <LocalTime instant={inForceFrom} />,
        })}
      </span>
      <span>
        {t("people", {
          authors: format.list(authors.map((name) => name ?? nobody)),
          publisher: by ?? nobody,
        })}
      </span>
      <code>{`${hash.slice(0, 16)}…`}</code>
    </p>
  );
}

type DraftsProps = { drafts: PoliciesView["drafts"]; nameScope: Shown["nameScope"] };

function Drafts({ drafts, nameScope }: DraftsProps) {
  const t = useTranslations("policy");
  const format = useFormatter();
  if (drafts.length === 0) return <p className="py-2.5 text-muted">{t("noDraft")}</p>;
  return (
    <ul>
      {drafts.map(({ id, sellerId, authors, savedAt }) => (
        <li key={id} className="grid gap-0.5 border-b border-line py-2.5">
          <Link href={safePath(`/policy/${id}`)}>
            {t("draftOf", { scope: nameScope(sellerId) })}
          </Link>
          <span className="text-sm text-muted">
            {t.rich("written", {
              authors: format.list(authors.map((name) => name ?? t("nobody"))),
              time: () => <LocalTime instant={savedAt} />,
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

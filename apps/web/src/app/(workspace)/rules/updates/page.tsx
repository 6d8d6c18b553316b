import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type {
  AcceptanceView,
  LawUpdateView,
  WaitingChange,
} from "@ringfence/services/people/jurisdiction";
import { ListPage } from "@/components/list-page";
import { LoadingContent, Section } from "@/components/page-layout";
import {
  AnswerAcceptance,
  ProposeAcceptance,
} from "@/features/people/jurisdiction/updates/acceptance";
import { LawChangeName, LawChangeText } from "@/features/people/jurisdiction/updates/law-change";
import { useTime } from "@/features/people/jurisdiction/words";
import { formatDate } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("lawUpdates");
  return { title: t("title") };
}

export default async function LawUpdatesPage() {
  const member = await requireMember("rule.read");
  const [t, view, { registryNames }, notAccept] = await Promise.all([
    getTranslations("lawUpdates"),
    api.jurisdiction.updates(),
    api.jurisdiction.law(),
    whyNot(member, "law.accept"),
  ]);
  const { updates, waiting, acceptances } = view;
  const proposed = new Set(
    acceptances.flatMap(({ answer, changes }) => (answer === null ? changes : [])),
  );
  const open = waiting.filter(({ hash }) => !proposed.has(hash));
  return (
    <ListPage title={t("title")} note={t("note")}>
      <LoadingContent>
        <Section title={t("waiting")} aside={t("waitingNote")}>
          {waiting.length === 0 && <p className="py-2.5 text-muted">{t("nothingWaits")}</p>}
          <ul>
            {waiting.map((change) => (
              <Waiting
                key={change.hash}
                change={change}
                registryNames={registryNames}
                isProposed={proposed.has(change.hash)}
                whyNot={notAccept}
              />
            ))}
          </ul>
          {open.length > 1 && (
            <div className="pt-3">
              <ProposeAcceptance changes={open.map(({ hash }) => hash)} whyNot={notAccept} />
            </div>
          )}
        </Section>
        <Section title={t("proposals")} aside={t("openFirst")}>
          {acceptances.length === 0 && <p className="py-2.5 text-muted">{t("noProposal")}</p>}
          <ul>
            {acceptances.map((acceptance) => (
              <Acceptance key={acceptance.id} acceptance={acceptance} whyNot={notAccept} />
            ))}
          </ul>
        </Section>
        <Section title={t("updates")} aside={t("newestFirst")}>
          {updates.length === 0 && <p className="py-2.5 text-muted">{t("noUpdate")}</p>}
          <ol>
            {updates.map((update) => (
              <Update key={update.hash} update={update} />
            ))}
          </ol>
        </Section>
      </LoadingContent>
    </ListPage>
  );
}

type WaitingProps = {
  change: WaitingChange;
  registryNames: Readonly<Record<string, string>>;
  isProposed: boolean;
  whyNot: string | undefined;
};

/** A change whose former version still judges beside the new one. */
function Waiting({ change, registryNames, isProposed, whyNot }: WaitingProps) {
  const t = useTranslations("lawUpdates");
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 border-b border-line py-2.5">
      <div className="grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-1.5">
        <h3 className="text-base font-semibold">
          <LawChangeName change={change} />
        </h3>
        <LawChangeText change={change} registryNames={registryNames} />
      </div>
      {isProposed ? (
        <span className="text-sm text-muted">{t("isProposed")}</span>
      ) : (
        <ProposeAcceptance changes={[change.hash]} part={change.part} whyNot={whyNot} />
      )}
    </li>
  );
}

type AcceptanceProps = { acceptance: AcceptanceView; whyNot: string | undefined };

/** A proposal to accept changes, with the answer of another officer or the form for one. */
function Acceptance({ acceptance, whyNot }: AcceptanceProps) {
  const t = useTranslations("lawUpdates");
  const time = useTime();
  const { id, parts, reason, by, at, acceptFault, answer } = acceptance;
  return (
    <li className="grid gap-1 border-b border-line py-2.5">
      <p className="font-mono text-sm">{parts.join(", ")}</p>
      <p className="max-w-[46rem] whitespace-pre-line">{reason}</p>
      <p className="text-sm text-muted">
        {t("proposedBy", { name: by ?? t("nobody"), at: time(at) })}{" "}
        {answer &&
          t(answer.isAccepted ? "acceptedBy" : "declinedBy", {
            name: answer.by ?? t("nobody"),
            at: time(answer.at),
          })}
      </p>
      {answer && <p className="max-w-[46rem] whitespace-pre-line">{answer.reason}</p>}
      {answer === null && <AnswerAcceptance id={id} acceptFault={acceptFault} whyNot={whyNot} />}
    </li>
  );
}

/** A law that was put in force, with what it changed. */
function Update({ update }: { update: LawUpdateView }) {
  const t = useTranslations("lawUpdates");
  const locale = useLocale();
  const time = useTime();
  const { hash, asOf, source, keyId, summary, installedAt, changes } = update;
  return (
    <li className="grid gap-1 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{t("asOf", { date: formatDate(locale, asOf) })}</h3>
      {summary && <p>{summary}</p>}
      <p className="flex flex-wrap gap-x-4 text-sm text-muted">
        <span>{t(source)}</span>
        <span>{t("installed", { at: time(installedAt) })}</span>
        {keyId && <span>{t("signed", { key: keyId.slice(0, 12) })}</span>}
        <code>{`${hash.slice(0, 16)}…`}</code>
      </p>
      {changes && changes.length > 0 && (
        <details className="text-sm">
          <summary>{t("changes", { count: changes.length })}</summary>
          <ul className="grid gap-1 pt-1.5">
            {changes.map((change) => (
              <li key={change.part}>
                <LawChangeName change={change} />, {t(change.effect)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

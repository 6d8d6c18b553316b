import {
  type LetterKind,
  findDeadlineRule,
  listLetters,
  writeLetter,
} from "@ringfence/core/desk/complaint";
import { regulators } from "@ringfence/core/desk/evidence-pack";
import { ComplaintId } from "@ringfence/core/ids";
import { Locale, say } from "@ringfence/core/platform/message";
import type { ComplaintCase, ComplaintStep } from "@ringfence/services/desk/complaint";
import type { MadePack } from "@ringfence/services/desk/evidence-pack";
import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/dates";
import { PrintButton } from "@/components/client-buttons";
import { DetailPage } from "@/components/detail-page";
import { Columns, Facts, Section } from "@/components/page-layout";
import { PhoneLink } from "@/components/people";
import { PrintedBy } from "@/components/printed-by";
import { AnswerForm } from "@/features/desk/complaint/case/answer";
import { ComplaintCalls } from "@/features/desk/complaint/case/calls";
import { AppealForm, DecisionForm } from "@/features/desk/complaint/case/decision";
import { PackForm } from "@/features/desk/complaint/case/pack";
import { HandlingForms } from "@/features/desk/complaint/case/handling";
import { formatDate } from "@/i18n/format-time";
import { HoldSection } from "@/features/desk/legal-hold/hold-section";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { findDelivery } from "@/server/delivery";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("complaint");
  return { title: t("title") };
}

export default async function ComplaintPage({ params }: PageProps<"/complaints/[complaintId]">) {
  const member = await requireMember("complaint.read");
  const complaintId = ComplaintId.safeParse((await params).complaintId).data ?? notFound();
  const [t, print, locale, complaint, packs, notHandle, notMake, notHold] = await Promise.all([
    getTranslations("complaint"),
    getTranslations("printed"),
    getLocale(),
    loadOrNotFound(api.complaint.read({ complaintId })),
    api.complaint.packs({ complaintId }),
    whyNot(member, "complaint.handle"),
    whyNot(member, "evidence-pack.make"),
    whyNot(member, "legal-hold.place"),
  ]);
  const isOpen = complaint.decidedAt === null;
  return (
    <DetailPage
      title={t("title")}
      note={<Received complaint={complaint} />}
      actions={<PrintButton>{print("print")}</PrintButton>}
    >
      <PrintedBy member={member} />
      <Next complaint={complaint} />
      <Columns>
        <Section title={t("said")}>
          <Said complaint={complaint} />
        </Section>
        <Section title={t("handling")}>
          {isOpen && notHandle === undefined ? (
            <HandlingForms
              complaintId={complaintId}
              assigneeId={complaint.assigneeId}
              assignees={complaint.assignees}
              tasks={complaint.tasks}
            />
          ) : (
            <p className="py-2.5 text-muted">{notHandle ?? t("handlingOver")}</p>
          )}
        </Section>
      </Columns>
      <Section title={t("calls")}>
        <ComplaintCalls
          complaintId={complaintId}
          calls={complaint.calls}
          others={complaint.otherCalls}
          whyNot={isOpen ? notHandle : t("handlingOver")}
          isOpen={isOpen}
        />
      </Section>
      <Ending complaint={complaint} whyNot={notHandle} locale={Locale.parse(locale)} />
      <Section title={t("pack.heading")}>
        <PackForm
          complaintId={complaintId}
          regulators={regulators.map(({ id, authority }) => ({
            key: id,
            name: authority[Locale.parse(locale)],
          }))}
          suggested={complaint.suggestedRegulator}
          whyNot={notMake}
        />
        <MadePacks packs={packs} />
      </Section>
      <HoldSection on={{ scope: "complaint", complaintId }} whyNot={notHold} />
      <Section title={t("history")}>
        <History steps={complaint.steps} />
      </Section>
    </DetailPage>
  );
}

type EndingProps = { complaint: ComplaintCase; whyNot: string | undefined; locale: Locale };

/** Forms that answer and decide an open complaint, or open a decided one again. Not on paper. */
function Ending({ complaint, whyNot, locale }: EndingProps) {
  const t = useTranslations("complaint");
  const { appealFault } = complaint;
  const complaintId = ComplaintId.parse(complaint.id);
  return (
    <div className="screenonly">
      {complaint.decidedAt === null ? (
        <Columns isEven>
          <Section title={t("answer")}>
            <Answer complaint={complaint} whyNot={whyNot} />
          </Section>
          <Section title={t("decision")}>
            <DecisionForm
              complaintId={complaintId}
              whyNot={whyNot}
              fault={appealFault && say(locale, appealFault)}
            />
          </Section>
        </Columns>
      ) : (
        <Section title={t("appeal")}>
          <AppealForm complaintId={complaintId} whyNot={whyNot} />
        </Section>
      )}
    </div>
  );
}

type CaseProps = { complaint: ComplaintCase };

function Received({ complaint: { receivedAt, source, regulator } }: CaseProps) {
  const t = useTranslations("complaint");
  const sources = useTranslations("complaints.sources");
  return t.rich("receivedNote", {
    source: regulator ?? sources(source),
    time: () => <LocalTime instant={receivedAt} />,
  });
}

/** Says what to do next and by when, or how the complaint ended. */
function Next({ complaint }: CaseProps) {
  const t = useTranslations("complaint");
  const decisions = useTranslations("complaints.decisions");
  const { decidedAt, decision, dueAt, isOverdue, tasks, calls, isAnswered } = complaint;
  const time = () => <LocalTime instant={decidedAt ?? dueAt} precision="day" />;
  if (decidedAt !== null) {
    return (
      <p className="max-w-[46rem] text-lg text-pretty">
        {t.rich("decidedAs", { decision: decisions(decision ?? "none"), time })}
      </p>
    );
  }
  const open = tasks.filter(({ doneAt }) => doneAt === null).length;
  const steps: [boolean, string][] = [
    [true, calls.length === 0 ? t("next.noCall") : t("next.checkCalls", { count: calls.length })],
    [open > 0, t("next.tasks", { count: open })],
    [!isAnswered, t("next.answer")],
    [true, t("next.decide")],
  ];
  return (
    <>
      <p className={`max-w-[46rem] text-lg text-pretty ${isOverdue ? "text-refuse" : ""}`}>
        {t.rich(isOverdue ? "overdue" : "due", { time })}
      </p>
      <DeadlineReason dueRule={complaint.dueRule} />
      <h2 className="mt-5 text-base font-semibold">{t("nextTitle")}</h2>
      <ol className="ml-5 list-decimal">
        {steps
          .filter(([isNeeded]) => isNeeded)
          .map(([, words]) => (
            <li key={words} className="py-0.5">
              {words}
            </li>
          ))}
      </ol>
    </>
  );
}

/** Says what set the deadline: the law with its source and mark, or the organization, an authority or an officer. */
function DeadlineReason({ dueRule }: { dueRule: string }) {
  const t = useTranslations("complaint.deadline");
  const locale = Locale.parse(useLocale());
  const rule = findDeadlineRule(dueRule);
  if (rule === null) {
    const isKnown = dueRule === "regulator" || dueRule === "officer";
    return <p className="max-w-[46rem] text-muted">{t(isKnown ? dueRule : "own")}</p>;
  }
  const [source = ""] = rule.sources;
  return (
    <p className="max-w-[46rem] text-muted">
      {rule.asks[locale]}{" "}
      {t.rich("law", {
        citation: () => <a href={source}>{rule.citation}</a>,
        mark: rule.mark,
      })}
    </p>
  );
}

/** Shows what the person said, of which call, and through whom it came. */
function Said({ complaint }: CaseProps) {
  const t = useTranslations("complaint");
  const { text, phone, phoneId, seller, regulator, regulatorReference, recordedBy } = complaint;
  const facts = [
    {
      name: t("phone"),
      value: phone === null ? t("erased") : <PhoneLink phoneId={phoneId} phone={phone} />,
      ...(complaint.otherPhones > 0 && {
        notes: [t("otherPhones", { count: complaint.otherPhones })],
      }),
    },
    { name: t("saidCall"), value: <SaidCall complaint={complaint} /> },
    ...(seller === null ? [] : [{ name: t("seller"), value: seller }]),
    ...(regulator === null ? [] : [{ name: t("authority"), value: regulator }]),
    ...(regulatorReference === null ? [] : [{ name: t("reference"), value: regulatorReference }]),
    ...(recordedBy === null
      ? []
      : [{ name: t("recordedBy"), value: recordedBy.name ?? t("gone") }]),
    ...(complaint.optOut === null
      ? []
      : [{ name: t("optOut"), value: t("optOutValue", complaint.optOut) }]),
  ];
  return (
    <>
      <blockquote className="max-w-[46rem] py-2.5 whitespace-pre-line">
        {text === "" ? t("erasedText") : text}
      </blockquote>
      <Facts facts={facts} />
    </>
  );
}

/** Says when the call was, as the person says, and which time was searched. */
function SaidCall({
  complaint: { saidAt, saidOn, searchFrom, searchUntil },
}: CaseProps): ReactNode {
  const t = useTranslations("complaint");
  const locale = Locale.parse(useLocale());
  const searched = t.rich("searched", {
    from: () => <LocalTime instant={searchFrom} />,
    until: () => <LocalTime instant={searchUntil} />,
  });
  if (saidAt !== null) {
    return (
      <>
        <LocalTime instant={saidAt} />. {searched}
      </>
    );
  }
  return (
    <>
      {saidOn === null ? t("saidNothing") : formatDate(locale, saidOn)}. {searched}
    </>
  );
}

type AnswerProps = CaseProps & { whyNot: string | undefined };

/** The answer, with a draft from each template in each language. */
function Answer({ complaint, whyNot }: AnswerProps) {
  const { id, letter, suggestedLetter, mailboxes } = complaint;
  const write = (locale: Locale, kind: LetterKind) => writeLetter(locale, kind, letter);
  const writeAll = (locale: Locale) => ({
    "no-call": write(locale, "no-call"),
    allowed: write(locale, "allowed"),
    unchecked: write(locale, "unchecked"),
    mistake: write(locale, "mistake"),
    "wrong-number": write(locale, "wrong-number"),
  });
  return (
    <AnswerForm
      complaintId={id}
      drafts={{ en: writeAll("en"), ru: writeAll("ru") }}
      kinds={listLetters(letter.calls)}
      suggested={suggestedLetter}
      mailboxes={findDelivery().email ? mailboxes : []}
      whyNot={whyNot}
    />
  );
}

/** Lists the packs that were made, each with the fingerprint by which it is recognized. */
function MadePacks({ packs }: { packs: readonly MadePack[] }) {
  const t = useTranslations("complaint.pack");
  const locale = Locale.parse(useLocale());
  if (packs.length === 0) return null;
  const nameAuthority = (id: string | null) =>
    regulators.find((regulator) => regulator.id === id)?.authority[locale] ?? t("nobody");
  return (
    <ul className="pt-3">
      {packs.map(({ sha256, at, by, regulator, reason }) => (
        <li key={`${at.toISOString()}${sha256}`} className="border-b border-line py-2.5">
          <p>
            <LocalTime instant={at} />, {by?.name ?? t("gone")}: {nameAuthority(regulator)}
          </p>
          {reason !== null && <p className="text-sm text-muted">{reason}</p>}
          <p className="text-sm break-all text-muted">
            {t("fingerprint")} <code>{sha256}</code>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Lists what happened, from the receipt on. */
function History({ steps }: { steps: readonly ComplaintStep[] }) {
  return (
    <ol>
      {steps.map((step) => (
        <Step key={step.id} step={step} />
      ))}
    </ol>
  );
}

function Step({ step }: { step: ComplaintStep }) {
  const t = useTranslations("complaint.by");
  const title = useStepTitle(step);
  const { text, at, by } = step;
  return (
    <li className="grid gap-0.5 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{title}</h3>
      {text && <p className="max-w-[46rem] whitespace-pre-line">{text}</p>}
      <p className="text-sm text-muted">
        <LocalTime instant={at} precision="evidence" />
        {", "}
        {by?.type === "person" || by?.type === "job"
          ? t(by.handedOut ?? by.type)
          : (by?.name ?? t("gone"))}
      </p>
    </li>
  );
}

function useStepTitle({ kind, details }: ComplaintStep): ReactNode {
  const t = useTranslations("complaint.steps");
  const decisions = useTranslations("complaints.decisions");
  const { calls = 0, call, from, to, assignee, task, channel, decision, isLate = false } = details;
  // The number page shows the call. Its address has no number.
  const theCall = () =>
    call && (
      <Link href={`/numbers/${call.phoneId}`} prefetch={false}>
        <LocalTime instant={call.at} precision="evidence" />
      </Link>
    );
  switch (kind) {
    case "received":
      return t("received", { calls });
    case "opted-out":
      return t("optedOut");
    case "linked":
      return isLate ? t("linkedLate", { calls }) : t.rich("linked", { call: theCall });
    case "unlinked":
      return t.rich("unlinked", { call: theCall });
    case "assigned":
      return assignee === null ? t("givenBack") : t("assigned", { assignee });
    case "noted":
      return t("noted");
    case "task-added":
      return t("taskAdded", { task: task ?? "" });
    case "task-done":
      return t("taskDone", { task: task ?? "" });
    case "deadline-moved":
      return t.rich("deadlineMoved", {
        from: () => from && <LocalTime instant={from} precision="day" />,
        to: () => to && <LocalTime instant={to} precision="day" />,
      });
    case "answered":
      return t("answered", { channel: channel ?? "mail" });
    case "answer-sent":
      return t("answerSent");
    case "decided":
      return t("decided", { decision: decisions(decision ?? "none") });
    case "appealed":
      return t("appealed");
    case "withdrawn":
      return t("withdrawn");
  }
}

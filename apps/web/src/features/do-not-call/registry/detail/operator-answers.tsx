import type { RegistryId } from "@ringfence/core/ids";
import type { RegistryQuestionView } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { ExportList } from "@/components/export-list";
import { Count } from "@/components/numbers";
import { Empty, Section } from "@/components/page-layout";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { AskOperator, AttestAnswer, ReviewAnswer } from "./answer-buttons";

type OperatorAnswersProps = {
  registryId: RegistryId;
  questions: readonly RegistryQuestionView[];
  whyNot: string | undefined;
};

/** Lists the questions to the operator of a list, with their files, and the answers as officers attested them. */
export function OperatorAnswers({ registryId, questions, whyNot }: OperatorAnswersProps) {
  const t = useTranslations("operatorAnswers");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<RegistryQuestionView>, ...Column<RegistryQuestionView>[]] = [
    {
      key: "asked",
      head: t("asked", { zone }),
      cell: ({ askedAt, askedBy }) => (
        <>
          <LocalTime instant={askedAt} precision="cell" />
          <span className="block text-sm text-muted">{askedBy}</span>
        </>
      ),
    },
    {
      key: "numbers",
      head: t("numbers"),
      narrow: t("numbers"),
      cell: ({ numbers, sha256 }) => (
        <>
          <Count value={numbers} />
          <span className="block text-sm break-all text-muted">{sha256}</span>
        </>
      ),
    },
    {
      key: "answer",
      head: t("answer"),
      narrow: t("answer"),
      cell: ({ answer }) => (answer === null ? t("open") : <Answer answer={answer} />),
    },
    {
      key: "status",
      head: t("status"),
      narrow: t("status"),
      cell: ({ status, answer }) => (
        <>
          {t(`statuses.${status}`)}
          {answer?.settledAt && (
            <span className="block text-sm text-muted">
              {answer.settledBy}: {answer.why}
            </span>
          )}
        </>
      ),
    },
    {
      key: "next",
      head: <span className="sr-only">{t("next")}</span>,
      cell: (question) => <NextStep {...{ registryId, question, whyNot }} />,
    },
  ];
  return (
    <Section title={t("title")} aside={<AskOperator {...{ registryId, whyNot }} />}>
      <p className="max-w-[46rem] pt-2.5 text-pretty">{t("lead")}</p>
      {questions.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <Table
          isStack
          caption={t("caption", { zone })}
          columns={columns}
          rows={questions}
          rowKey={({ id }) => id}
        />
      )}
    </Section>
  );
}

function Answer({ answer }: { answer: NonNullable<RegistryQuestionView["answer"]> }) {
  const t = useTranslations("operatorAnswers");
  const format = useFormatter();
  const { day, listed, operator, by } = answer;
  return (
    <>
      {t("answered", {
        day: format.dateTime(new Date(`${day}T00:00Z`), { dateStyle: "medium", timeZone: "UTC" }),
        listed,
      })}
      <span className="block text-sm text-muted">
        {by}: {operator}
      </span>
    </>
  );
}

type NextStepProps = {
  registryId: RegistryId;
  question: RegistryQuestionView;
  whyNot: string | undefined;
};

/** Offers what comes next: the file and the answer, or the decision on it. */
function NextStep({ registryId, question, whyNot }: NextStepProps) {
  const t = useTranslations("operatorAnswers");
  const { id, status } = question;
  if (status === "attested") return <ReviewAnswer {...{ registryId, question, whyNot }} />;
  if (status !== "asked") return null;
  return (
    <div className="flex flex-wrap gap-2">
      {whyNot === undefined && (
        <ExportList action={`/api/registries/${registryId}/questions/${id}/numbers.csv`}>
          {t("download")}
        </ExportList>
      )}
      <AttestAnswer {...{ registryId, question, whyNot }} />
    </div>
  );
}

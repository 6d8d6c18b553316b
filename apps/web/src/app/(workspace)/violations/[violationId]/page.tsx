import { ViolationId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type {
  CallScreening,
  ViolationView,
  readViolation,
} from "@ringfence/services/calling/violation";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Button } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Columns, Facts, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PrintButton } from "@/components/client-buttons";
import { SettleViolation } from "@/features/calling/violation/detail/settle";
import { useOutcomeName } from "@/components/outcome-name";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { PhoneLink } from "@/components/people";
import { MessageText } from "@/components/message-text";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("violation");
  return { title: t("title") };
}

export default async function ViolationPage({ params }: PageProps<"/violations/[violationId]">) {
  const member = await requireMember("violation.read");
  const violationId = ViolationId.safeParse((await params).violationId).data ?? notFound();
  const [t, names, violation, purposes, refusal] = await Promise.all([
    getTranslations("violation"),
    getTranslations("violations.causes"),
    loadOrNotFound(api.violation.read({ violationId })),
    api.purpose.list(),
    whyNot(member, "violation.settle"),
  ]);
  const { causes, call, screening, campaign, closedAt, dueAt, owner, owners } = violation;
  const purpose = purposes.find(({ key }) => key === call?.purpose)?.name ?? call?.purpose ?? "";
  const time = () => <LocalTime instant={closedAt ?? dueAt} />;
  return (
    <DetailPage
      title={names(causes[0]?.cause ?? "cannot-check")}
      note={<Badge status={violation.severity} />}
      actions={<PrintButton>{t("print")}</PrintButton>}
    >
      <p className="max-w-[46rem] text-lg text-pretty">
        {closedAt === null
          ? t.rich(violation.isOverdue ? "overdue" : "due", { time })
          : t.rich("closedAt", { time })}
      </p>
      <Columns>
        <Section title={t("wrong")}>
          <CauseList causes={causes} screening={screening} />
        </Section>
        <Section title={call === null ? t("theCampaign") : t("call")}>
          {call === null ? (
            <p className="py-2.5">{campaign}</p>
          ) : (
            <CallFacts call={call} purpose={purpose} screening={screening} />
          )}
        </Section>
      </Columns>
      <Columns>
        <Section title={t("happened")}>
          <StepList foundAt={violation.foundAt} steps={violation.steps} />
        </Section>
        {closedAt === null && (
          <Section title={t("settle")}>
            {refusal === undefined ? (
              <SettleViolation {...{ violationId, owners }} ownerId={owner?.id ?? null} />
            ) : (
              <div className="pt-3">
                <Button whyNot={refusal}>{t("close")}</Button>
              </div>
            )}
          </Section>
        )}
      </Columns>
    </DetailPage>
  );
}

type CallFactsProps = {
  call: NonNullable<ViolationView["call"]>;
  /** Name of the call's purpose. */
  purpose: string;
  /** Screening behind the call; null if there was none. */
  screening: CallScreening | null;
};

/** Shows the call as the dialer's log reported it. */
function CallFacts({ call, purpose, screening }: CallFactsProps) {
  const t = useTranslations("violation");
  const outcomeName = useOutcomeName();
  const { phone, phoneId, seller, at, outcome, campaign, externalId } = call;
  const known = [
    { name: t("outcome"), value: outcomeName(outcome) },
    { name: t("campaign"), value: campaign },
    { name: t("externalId"), value: externalId },
  ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  return (
    <Facts
      facts={[
        {
          name: t("phone"),
          value: phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased"),
        },
        { name: t("at"), value: <LocalTime instant={at} precision="evidence" /> },
        { name: t("about"), value: t("aboutValue", { purpose, seller }) },
        ...known,
        {
          name: t("screening"),
          value:
            screening === null ? (
              t("noScreening")
            ) : (
              <Link href={`/screenings/${screening.id}`} prefetch={false}>
                {t(screening.isNamed ? "screeningNamed" : "screeningTaken")}
              </Link>
            ),
        },
        { name: t("recorded"), value: <LocalTime instant={call.recordedAt} /> },
      ]}
    />
  );
}

type CauseListProps = Pick<ViolationView, "causes"> & {
  /** Screening behind the call; null if there was none. */
  screening: CallScreening | null;
};

/**
 * Lists the causes of a violation, most severe first, each with the law and a link to the call's
 * screening.
 */
function CauseList({ causes, screening }: CauseListProps) {
  const t = useTranslations("violations.causes");
  const words = useTranslations("violation");
  return (
    <ul>
      {causes.map(({ cause, message, rule, citation, registry }) => (
        <li
          key={[cause, rule, registry].join(" ")}
          className="grid gap-0.5 border-b border-line py-2.5"
        >
          <h3 className="text-base font-semibold">{t(cause)}</h3>
          <p className="max-w-[46rem] text-pretty">
            <MessageText message={message} />
          </p>
          {citation && <p className="text-sm text-muted">{citation}</p>}
          {screening !== null && (
            <p className="text-sm">
              <Link href={`/screenings/${screening.id}`} prefetch={false}>
                {words("screeningOf")}
              </Link>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

type Violation = Awaited<ReturnType<typeof readViolation>>;
type Step = Violation["steps"][number];

/** Lists the steps of a violation from its discovery on. */
function StepList({ foundAt, steps }: Pick<Violation, "foundAt" | "steps">) {
  const t = useTranslations("violation");
  return (
    <ol>
      <li className="border-b border-line py-2.5">
        <h3 className="text-base font-semibold">{t("steps.found")}</h3>
        <p className="text-sm text-muted">
          <LocalTime instant={foundAt} precision="evidence" />
        </p>
      </li>
      {steps.map((step) => (
        <StepEntry key={step.id} step={step} />
      ))}
    </ol>
  );
}

function StepEntry({ step }: { step: Step }) {
  const { text, at, by } = step;
  const title = useTitle(step);
  return (
    <li className="grid gap-0.5 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{title}</h3>
      {text && <p className="max-w-[46rem] whitespace-pre-line">{text}</p>}
      <p className="text-sm text-muted">
        <LocalTime instant={at} precision="evidence" />, <RecordedBy by={by} />
      </p>
    </li>
  );
}

function useTitle({ kind, owner, reason, causes }: Step) {
  const t = useTranslations("violation.steps");
  const reasons = useTranslations("violation.reasons");
  const names = useTranslations("violations.causes");
  const format = useFormatter();
  switch (kind) {
    case "assigned":
      return owner === null ? t("givenBack") : t("assigned", { owner });
    case "noted":
      return t("noted");
    case "closed":
      return reason === null ? t("closed") : t("closedAs", { reason: reasons(reason) });
    case "found-no-more":
      return t("foundNoMore", { causes: format.list(causes.map((cause) => names(cause))) });
    case "found-again":
      return t("foundAgain", { causes: format.list(causes.map((cause) => names(cause))) });
  }
}

type RecordedByProps = {
  by: Awaited<ReturnType<typeof readViolation>>["steps"][number]["by"];
};

/** Shows who took a step. Steps of Ringfence itself have no name. */
function RecordedBy({ by }: RecordedByProps) {
  const t = useTranslations("violation.by");
  if (by?.type === "job") return t("job");
  return by?.name ?? t("gone");
}

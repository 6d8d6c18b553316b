import { ViolationId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Badge } from "@/components/badge";
import { Button } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Columns, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PrintButton } from "@/components/client-buttons";
import { CallFacts, CauseList, StepList } from "@/features/calling/violation/detail/facts";
import { SettleViolation } from "@/features/calling/violation/detail/settle";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

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

import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { RetentionKind, storageLimits } from "@ringfence/core/desk/retention";
import { Locale } from "@ringfence/core/platform/message";
import type { SweepView } from "@ringfence/services/desk/retention";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { ListPage } from "@/components/list-page";
import { Count } from "@/components/numbers";
import { LoadingContent, Section } from "@/components/page-layout";
import { type Column, Table } from "@/components/table";
import { PlaceHold } from "@/features/desk/legal-hold/hold-actions";
import { Holds } from "@/features/desk/legal-hold/holds";
import { AnswerPolicy } from "@/features/desk/retention/answer-policy";
import { TermTable } from "@/features/desk/retention/term-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("retention");
  return { title: t("title") };
}

export default async function RetentionPage() {
  const member = await requireMember("retention.read");
  const [t, { inForce, proposed, law }, holds, sweeps, notChange, notPlace, notLift] =
    await Promise.all([
      getTranslations("retention"),
      api.retention.read(),
      api.legalHold.list(),
      api.retention.sweeps(),
      whyNot(member, "retention.change"),
      whyNot(member, "legal-hold.place"),
      whyNot(member, "legal-hold.lift"),
    ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={notChange === undefined && <ButtonLink href="/retention/new">{t("new")}</ButtonLink>}
    >
      {inForce !== null && inForce.tooShort.length > 0 && (
        <Banner tone="bad" title={t("tooShort")}>
          {inForce.tooShort.map((kind) => t(`kinds.${kind}`)).join(", ")}
        </Banner>
      )}
      {proposed && (
        <Section title={t("proposal")} aside={t("proposalNote")}>
          <Proposed policy={proposed} />
          <LoadingContent>
            <Preview policy={proposed} law={law} />
          </LoadingContent>
          <AnswerPolicy
            policyId={proposed.id}
            publishFault={proposed.publishFault}
            whyNot={notChange}
          />
        </Section>
      )}
      <Section title={t("inForce")} aside={t("never")}>
        {inForce === null && <p className="py-2.5 text-muted">{t("nothingInForce")}</p>}
        <LoadingContent>
          {inForce === null ? (
            <TermTable caption={t("inForce")} terms={[]} law={law} due={null} />
          ) : (
            <Preview policy={inForce} law={law} />
          )}
        </LoadingContent>
      </Section>
      <Section title={t("holds")} aside={t("holdsNote")}>
        <Holds holds={holds} whyNot={notLift} />
        <div className="flex flex-wrap gap-2 pt-3">
          <PlaceHold on={{ scope: "everything" }} whyNot={notPlace} />
          <PlaceHold on="campaign" whyNot={notPlace} />
        </div>
      </Section>
      <Section title={t("sweeps")} aside={t("sweepsNote")}>
        <Sweeps sweeps={sweeps} />
      </Section>
      <Section title={t("limits")} aside={t("limitsNote")}>
        <Limits />
      </Section>
    </ListPage>
  );
}

type Policy = NonNullable<Awaited<ReturnType<typeof api.retention.read>>["inForce"]>;
type Law = Awaited<ReturnType<typeof api.retention.read>>["law"];

/** Counts what the next sweep would remove, which may take seconds. */
async function Preview({ policy, law }: { policy: Policy; law: Law }) {
  const [t, due] = await Promise.all([
    getTranslations("retention"),
    api.retention.preview({ policyId: policy.id }),
  ]);
  return <TermTable caption={t("preview")} terms={policy.terms} law={law} due={due} />;
}

function Proposed({ policy: { reason, by, at } }: { policy: Policy }) {
  const t = useTranslations("retention");
  return (
    <div className="grid gap-1 py-2.5">
      <p className="max-w-[46rem] whitespace-pre-line">{reason}</p>
      <p className="text-sm text-muted">
        {t("proposedBy", { name: by ?? t("nobody") })} <LocalTime instant={at} />
      </p>
    </div>
  );
}

/** Table of the latest sweeps, with what each removed and its proof. */
function Sweeps({ sweeps }: { sweeps: readonly SweepView[] }) {
  const t = useTranslations("retention");
  if (sweeps.length === 0) return <p className="py-2.5 text-muted">{t("noSweep")}</p>;
  const columns: [Column<SweepView>, ...Column<SweepView>[]] = [
    {
      key: "started",
      head: t("started"),
      cell: ({ startedAt }) => <LocalTime instant={startedAt} precision="cell" />,
    },
    {
      key: "removed",
      head: t("removed"),
      narrow: "full",
      cell: ({ removed, endedAt }) => {
        if (removed.length === 0) return t(endedAt === null ? "underWay" : "removedNothing");
        return (
          <ul>
            {removed.map(({ kind, rows }) => (
              <li key={kind}>
                {t(`kinds.${kind}`)}: <Count value={rows} />
              </li>
            ))}
          </ul>
        );
      },
    },
    {
      key: "proof",
      head: t("proof"),
      narrow: t("proof"),
      cell: ({ entryId }) =>
        entryId && (
          <a href={`/api/proofs/${entryId}`} download>
            {t("takeProof")}
          </a>
        ),
    },
  ];
  return (
    <Table isStack caption={t("sweeps")} columns={columns} rows={sweeps} rowKey={({ id }) => id} />
  );
}

/** Lists laws and authorities that limit how long personal data is kept. */
function Limits() {
  const t = useTranslations("retention");
  const locale = Locale.parse(useLocale());
  return (
    <ul>
      {storageLimits.map(({ id, says, citation, mark, kinds }) => (
        <li key={id} className="grid gap-1 border-b border-line py-2.5">
          <p className="max-w-[46rem]">{says[locale]}</p>
          <p className="text-sm text-muted">
            {t("source", { citation, mark })}{" "}
            {kinds.length < RetentionKind.options.length - 1 &&
              kinds.map((kind) => t(`kinds.${kind}`)).join(", ")}
          </p>
        </li>
      ))}
    </ul>
  );
}

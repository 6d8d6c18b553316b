import { ComplaintSource } from "@ringfence/core/desk/complaint";
import { ComplaintId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { ComplaintView } from "@ringfence/services/desk/complaint";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { NewLink } from "@/components/buttons";
import { BulkList, BulkName } from "@/components/bulk/bulk-list";
import { AssignComplaints } from "@/features/desk/complaint/list-acts";
import { ExportList } from "@/components/export-list";
import { FilterChoice } from "@/components/filter-choice";
import { Filters } from "@/components/filters";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { api, loadMembersWhoMay } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember, whyNot } from "@/server/current-member";
import { complaintsQuery as query, complaintShows as shows } from "@/server/lists/queries";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("complaints");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof query.load>>;

export default async function ComplaintsPage({ searchParams }: PageProps<"/complaints">) {
  const member = await requireMember("complaint.read");
  const look = await query.load(searchParams);
  const isDecided = look.filters.show === "decided";
  const [t, sources, notFile, notHandle] = await Promise.all([
    getTranslations("complaints"),
    getTranslations("complaints.sources"),
    whyNot(member, "complaint.file"),
    whyNot(member, "complaint.handle"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t(isDecided ? "noteDecided" : "note")}
      actions={
        <NewLink href="/complaints/new" whyNot={notFile}>
          {t("new")}
        </NewLink>
      }
      filters={
        <Filters label={t("filters")} aside={<ExportList action={query.toFile(look.filters)} />}>
          <FilterChoice
            param="show"
            label={t("show")}
            any={t("shows.open")}
            choices={shows.map((value) => ({ value, label: t(`shows.${value}`) }))}
          />
          <FilterChoice
            param="source"
            label={t("source")}
            any={t("anySource")}
            choices={ComplaintSource.options.map((value) => ({ value, label: sources(value) }))}
          />
          <SavedViews list="complaints" filters={query.write(look.filters)} />
        </Filters>
      }
    >
      <LoadingContent>
        <Complaints look={look} whyNotHandle={notHandle} />
      </LoadingContent>
    </ListPage>
  );
}

type ComplaintsProps = { look: Look; whyNotHandle: string | undefined };

async function Complaints({ look, whyNotHandle }: ComplaintsProps) {
  const { show, source } = look.filters;
  const isDecided = show === "decided";
  const [t, { items, next }] = await Promise.all([
    getTranslations("complaints"),
    api.complaint.list({
      isDecided,
      isUrgent: show === "urgent",
      isMine: show === "mine",
      ...(source !== null && { source }),
      after: ComplaintId.safeParse(look.after.at(-1)).data,
    }),
  ]);
  const isFiltered = source !== null || show === "urgent" || show === "mine";
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{ title: t(isDecided ? "emptyDecided" : "empty"), body: t("emptyBody") }}
      nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
      pager={{
        label: t("pages"),
        shown: t("shown", { count: items.length }),
        ...query.toSteps(look, next),
      }}
    >
      <Choosable complaints={items} whyNot={whyNotHandle}>
        <ComplaintTable complaints={items} isDecided={isDecided} />
      </Choosable>
    </ListRows>
  );
}

type ChoosableProps = {
  complaints: readonly ComplaintView[];
  whyNot: string | undefined;
  children: ReactNode;
};

/** Lets whoever handles complaints choose several and assign them at once. */
async function Choosable({ complaints, whyNot, children }: ChoosableProps) {
  if (whyNot !== undefined) return children;
  const [t, assignees] = await Promise.all([
    getTranslations("bulk"),
    loadMembersWhoMay("complaint.handle"),
  ]);
  const rows = complaints.map(({ id, phone, decidedAt }) => ({
    id,
    name: phone ?? t("erased"),
    refusal: decidedAt === null ? null : t("complaintDecided"),
  }));
  return (
    <BulkList rows={rows} acts={<AssignComplaints assignees={assignees} />}>
      {children}
    </BulkList>
  );
}

type ComplaintTableProps = { complaints: readonly ComplaintView[]; isDecided: boolean };

/** Table of complaints: by when each has to be answered, who complains and of what. */
function ComplaintTable({ complaints, isDecided }: ComplaintTableProps) {
  const t = useTranslations("complaints");
  const columns: [Column<ComplaintView>, ...Column<ComplaintView>[]] = [
    {
      key: "due",
      head: t(isDecided ? "decided" : "due"),
      cell: (complaint) => (
        <BulkName id={complaint.id}>
          <DueCell complaint={complaint} />
        </BulkName>
      ),
    },
    {
      key: "text",
      head: t("text"),
      narrow: "full",
      cell: (complaint) => <TextCell complaint={complaint} />,
    },
    {
      key: "phone",
      head: t("phone"),
      narrow: t("phone"),
      cell: ({ phoneId, phone }) =>
        phone === null ? t("erased") : <PhoneLink phoneId={phoneId} phone={phone} />,
    },
    {
      key: "calls",
      head: t("calls"),
      narrow: t("calls"),
      cell: ({ calls }) => (calls === 0 ? t("noCall") : t("callCount", { count: calls })),
    },
    {
      key: "received",
      head: t("received"),
      narrow: t("received"),
      cell: (complaint) => <ReceivedCell complaint={complaint} />,
    },
    {
      key: "assignee",
      head: t("assignee"),
      narrow: t("assignee"),
      cell: ({ assignee }) => assignee ?? <span className="text-muted">{t("nobody")}</span>,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={complaints}
      rowKey={({ id }) => id}
    />
  );
}

type CellProps = { complaint: ComplaintView };

/** Shows the deadline of an open complaint, or when and how one was decided. */
function DueCell({ complaint: { dueAt, decidedAt, decision, isOverdue } }: CellProps) {
  const t = useTranslations("complaints");
  const decisions = useTranslations("complaints.decisions");
  if (decidedAt !== null) {
    return (
      <>
        <LocalTime instant={decidedAt} precision="day" />{" "}
        <span className="text-muted">{decisions(decision ?? "none")}</span>
      </>
    );
  }
  return (
    <span className={isOverdue ? "font-medium text-refuse" : ""}>
      <LocalTime instant={dueAt} precision="day" />
      {isOverdue && `, ${t("overdue")}`}
    </span>
  );
}

const MAX_SHOWN = 160;

/** Shows the beginning of the words as the link to the case. It is not prefetched, because opening it is audited. */
function TextCell({ complaint: { id, text, appealedAt } }: CellProps) {
  const t = useTranslations("complaints");
  const words = text === "" ? t("erasedText") : text;
  return (
    <span className="block max-w-[34rem]">
      <Link href={`/complaints/${id}`} prefetch={false}>
        {words.length > MAX_SHOWN ? `${words.slice(0, MAX_SHOWN)}…` : words}
      </Link>
      {appealedAt !== null && <span className="text-sm text-warn"> {t("appealed")}</span>}
    </span>
  );
}

function ReceivedCell({ complaint: { receivedAt, source, regulator } }: CellProps) {
  const sources = useTranslations("complaints.sources");
  return (
    <>
      <LocalTime instant={receivedAt} precision="day" />{" "}
      <span className="text-muted">{regulator ?? sources(source)}</span>
    </>
  );
}

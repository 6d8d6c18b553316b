import { ComplaintId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { parseAsBoolean } from "nuqs/server";
import type { ComplaintView } from "@ringfence/services/desk/complaint";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/buttons";
import { ListPage, ListRows } from "@/components/list-page";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { SettleButton } from "@/features/desk/complaint/settle-button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("complaints");
  return { title: t("title") };
}

const query = createListQuery("/complaints", { settled: parseAsBoolean.withDefault(false) });

export default async function ComplaintsPage({ searchParams }: PageProps<"/complaints">) {
  const member = await requireMember("complaint.read");
  const look = await query.load(searchParams);
  const { settled } = look.filters;
  const [t, { items, next }, notSettle] = await Promise.all([
    getTranslations("complaints"),
    api.complaint.list({
      isSettled: settled,
      after: ComplaintId.safeParse(look.after.at(-1)).data,
    }),
    whyNot(member, "complaint.settle"),
  ]);
  const steps = query.toSteps(look, next);
  const other = query.toPath({ settled: !settled });
  return (
    <ListPage
      title={t("title")}
      note={t(settled ? "noteSettled" : "note")}
      actions={<ButtonLink href={other}>{t(settled ? "showWaiting" : "showSettled")}</ButtonLink>}
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t(settled ? "emptySettled" : "empty"), body: t("emptyBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <ComplaintTable complaints={items} whyNot={notSettle} />
      </ListRows>
    </ListPage>
  );
}

type ComplaintTableProps = {
  complaints: readonly ComplaintView[];
  /** Why the member may not settle complaints. */
  whyNot: string | undefined;
};

/** Table of complaints with their calls. */
function ComplaintTable({ complaints, whyNot }: ComplaintTableProps) {
  const t = useTranslations("complaints");
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={useColumns(whyNot)}
      rows={complaints}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(
  whyNot: string | undefined,
): [Column<ComplaintView>, ...Column<ComplaintView>[]] {
  const t = useTranslations("complaints");
  return [
    {
      key: "phone",
      head: t("phone"),
      cell: ({ phoneId, phone }) =>
        phone === null ? t("erased") : <PhoneLink phoneId={phoneId} phone={phone} />,
    },
    {
      key: "text",
      head: t("text"),
      narrow: "full",
      cell: ({ text }) => (
        <span className="block max-w-[34rem] whitespace-pre-line">{text || t("erasedText")}</span>
      ),
    },
    {
      key: "call",
      head: t("call"),
      narrow: t("call"),
      cell: ({ call }) =>
        call === null ? (
          t("noCall")
        ) : (
          <>
            <LocalTime instant={call.at} /> <span className="text-muted">{call.seller}</span>
          </>
        ),
    },
    {
      key: "received",
      head: t("received"),
      narrow: t("received"),
      cell: (complaint) => <ReceivedCell complaint={complaint} />,
    },
    {
      key: "settled",
      head: t("settled"),
      narrow: "full",
      cell: ({ id, settledAt, settledBy }) =>
        settledAt === null ? (
          <SettleButton id={id} whyNot={whyNot} />
        ) : (
          <>
            <LocalTime instant={settledAt} />{" "}
            <span className="text-muted">{settledBy?.name ?? t("gone")}</span>
          </>
        ),
    },
  ];
}

/** Shows when a complaint arrived, and who recorded it if the person did not write it themselves. */
function ReceivedCell({ complaint: { receivedAt, recordedBy } }: { complaint: ComplaintView }) {
  const t = useTranslations("complaints");
  return (
    <>
      <LocalTime instant={receivedAt} />{" "}
      {recordedBy && (
        <span className="text-muted">
          {t("recordedBy", { name: recordedBy.name ?? t("gone") })}
        </span>
      )}
    </>
  );
}

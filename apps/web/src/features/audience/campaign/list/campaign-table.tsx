import type { CampaignListItem } from "@ringfence/services/audience/campaign";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import type { CampaignState as State } from "@ringfence/core/audience/campaign";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { Badge } from "@/components/badge";

/** Table of campaigns, newest first, with offers, segment and state. */
export function CampaignTable({ campaigns }: { campaigns: readonly CampaignListItem[] }) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const columns: [Column<CampaignListItem>, ...Column<CampaignListItem>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name, key }) => (
        <>
          <Link href={`/campaigns/${id}`}>{name}</Link>
          <span className="block text-sm font-normal text-muted">{key}</span>
        </>
      ),
    },
    {
      key: "state",
      head: t("state"),
      narrow: t("state"),
      cell: ({ state, isHeld, duties }) => (
        <>
          <CampaignState state={state} isHeld={isHeld} />
          {duties !== null && <DutyCounts {...duties} />}
        </>
      ),
    },
    {
      key: "offers",
      head: t("offer"),
      narrow: t("offer"),
      cell: ({ offers }) => format.list(offers),
    },
    { key: "segment", head: t("segment"), narrow: t("segment"), cell: ({ segment }) => segment },
    { key: "seller", head: t("seller"), narrow: t("seller"), cell: ({ seller }) => seller },
    {
      key: "priority",
      head: t("priority"),
      narrow: t("priority"),
      isFigure: true,
      cell: ({ priority }) => <Count value={priority} />,
    },
    {
      key: "startedAt",
      head: t("startedAt"),
      narrow: t("startedAt"),
      isFigure: true,
      cell: ({ startedAt }) =>
        startedAt === null ? t("notYet") : <LocalTime instant={startedAt} precision="cell" />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={campaigns}
      rowKey={({ id }) => id}
    />
  );
}

/** Says how many duties hold up calls or, if none does, how many confirmations end soon. Nothing if neither. */
function DutyCounts({ open, ending }: NonNullable<CampaignListItem["duties"]>) {
  const t = useTranslations("campaigns");
  if (open + ending === 0) return null;
  return (
    <span className={`block text-sm ${open > 0 ? "text-refuse" : "text-warn"}`}>
      {open > 0 ? t("dutiesOpen", { count: open }) : t("dutiesEnding", { count: ending })}
    </span>
  );
}

type CampaignStateProps = { state: State; isHeld: boolean };

/** Badge with a campaign's state. A campaign that paused itself has a badge of its own. */
export function CampaignState({ state, isHeld }: CampaignStateProps) {
  if (state === "paused" && isHeld) return <Badge status="held-by-itself" />;
  const statuses = { running: "calling", done: "over" } as const;
  return <Badge status={state === "running" || state === "done" ? statuses[state] : state} />;
}

import type {
  DeliveryOutcome as Outcome,
  listDeliveries,
} from "@ringfence/services/do-not-call/endpoint";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { ReplayButton } from "./actions";
import { toEventKey } from "../words";

type Delivery = Awaited<ReturnType<typeof listDeliveries>>["items"][number];

const BADGES = { pending: "queued", delivered: "heard", dead: "given-up" } as const;

type DeliveryTableProps = {
  deliveries: readonly Delivery[];
  /** True if the member may replay deliveries. The page says who may. */
  mayReplay: boolean;
};

/** Table of deliveries in the given order, with the event, the attempts and the last outcome of each. */
export function DeliveryTable({ deliveries, mayReplay }: DeliveryTableProps) {
  const t = useTranslations("deliveries");
  const replay: Column<Delivery> = {
    key: "replay",
    head: <span className="sr-only">{t("replay")}</span>,
    isFigure: true,
    cell: ({ id, status }) =>
      mayReplay &&
      status !== "pending" && (
        <span className="-my-1 inline-block">
          <ReplayButton which={{ deliveryId: id }}>{t("replay")}</ReplayButton>
        </span>
      ),
  };
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={[...useDeliveryColumns(), replay]}
      rows={deliveries}
      rowKey={({ id }) => id}
    />
  );
}

function useDeliveryColumns(): [Column<Delivery>, ...Column<Delivery>[]] {
  const t = useTranslations("deliveries");
  const events = useTranslations("endpoints.eventNames");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    { key: "event", head: t("event"), cell: ({ event }) => events(toEventKey(event)) },
    {
      key: "made",
      head: t("made", { zone }),
      narrow: t("made", { zone }),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
    {
      key: "status",
      head: t("status"),
      narrow: t("status"),
      cell: ({ status }) => <Badge status={BADGES[status]} />,
    },
    {
      key: "attempts",
      head: t("attempts"),
      narrow: t("attempts"),
      isFigure: true,
      cell: ({ attempts }) => <Count value={attempts} />,
    },
    {
      key: "outcome",
      head: t("outcome"),
      narrow: "full",
      cell: ({ outcome, attemptedAt, dueAt }) => (
        <>
          {outcome && <DeliveryOutcome outcome={outcome} />}
          {attemptedAt && (
            <span className="block text-sm text-muted">
              <LocalTime instant={attemptedAt} />
            </span>
          )}
          {dueAt && attemptedAt && (
            <span className="block text-sm text-muted">
              {t.rich("nextTry", { time: () => <LocalTime instant={dueAt} /> })}
            </span>
          )}
        </>
      ),
    },
  ];
}

/** Describes the response of the other system, or why there was none. */
function DeliveryOutcome({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("deliveries.outcomes");
  if ("status" in outcome) return t("answered", { status: String(outcome.status) });
  if (outcome.fault === "not-encrypted") return t("notEncrypted");
  if (outcome.fault === "private-host") return t("privateHost");
  if (outcome.fault === "timeout") return t("timeout");
  const [word, ...key] = outcome.fault.split(" ");
  if (word === "host-key") return t("hostKey", { key: key.join(" ") });
  if (outcome.fault === "sign-in") return t("signIn");
  if (outcome.fault === "no-folder") return t("noFolder");
  if (outcome.fault === "no-permission") return t("noPermission");
  return t("fault", { fault: outcome.fault });
}

"use client";
import type { SessionId } from "@ringfence/core/ids";
import type { SessionView, SignInView } from "@ringfence/services/account/member";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";

type SessionTableProps = {
  caption: string;
  sessions: readonly SessionView[];
  /** The session of this page, which is ended by signing out. */
  current: SessionId;
  onEnd: (sessionId: SessionId) => void;
};

/** Table of sessions, each with a button to end it, except `current`. */
export function SessionTable({ caption, sessions, current, onEnd }: SessionTableProps) {
  const t = useTranslations("sessions");
  const zone = useZoneLabel();
  const columns: [Column<SessionView>, ...Column<SessionView>[]] = [
    {
      key: "since",
      head: t("since", { zone }),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
    { key: "where", head: t("where"), narrow: "full", cell: (row) => <Where {...row} /> },
    {
      key: "until",
      head: t("until", { zone }),
      narrow: t("until", { zone }),
      cell: ({ expiresAt }) => <LocalTime instant={expiresAt} precision="cell" />,
    },
    {
      key: "end",
      head: <span className="sr-only">{t("end")}</span>,
      isFigure: true,
      cell: ({ sessionId }) =>
        sessionId === current ? (
          <span className="text-muted">{t("thisOne")}</span>
        ) : (
          <span className="-my-1.5 inline-block">
            <Button size="small" onClick={() => onEnd(sessionId)}>
              {t("end")}
            </Button>
          </span>
        ),
    },
  ];
  return (
    <Table
      isStack
      caption={caption}
      columns={columns}
      rows={sessions}
      rowKey={({ sessionId }) => sessionId}
    />
  );
}

/** Table of the last sign-ins. Those from a network that was new are marked. */
export function SignInTable({ signIns }: { signIns: readonly SignInView[] }) {
  const t = useTranslations("sessions");
  const zone = useZoneLabel();
  const columns: [Column<SignInView>, ...Column<SignInView>[]] = [
    {
      key: "at",
      head: t("at", { zone }),
      cell: ({ at, isNewNetwork }) => (
        <>
          <LocalTime instant={at} precision="cell" />
          {isNewNetwork && (
            <span className="block text-sm font-medium text-warn">{t("newNetwork")}</span>
          )}
        </>
      ),
    },
    { key: "where", head: t("where"), narrow: "full", cell: (row) => <Where {...row} /> },
    {
      key: "how",
      head: t("how"),
      narrow: t("how"),
      cell: ({ method, factor }) => t(`methods.${method}`) + (factor ? t(`factors.${factor}`) : ""),
    },
  ];
  return (
    <Table
      isStack
      caption={t("history")}
      columns={columns}
      rows={signIns}
      rowKey={({ id }) => id}
    />
  );
}

/** The browser and the network, as far as they are known. */
function Where({ device, network }: Pick<SessionView, "device" | "network">) {
  const t = useTranslations("sessions");
  return (
    <>
      {device ?? t("unknownDevice")}
      {network !== null && <span className="block text-sm text-muted">{network}</span>}
    </>
  );
}

const useZoneLabel = () => zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());

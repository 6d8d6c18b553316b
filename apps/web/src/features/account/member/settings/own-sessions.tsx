"use client";

import type { SessionId } from "@ringfence/core/ids";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { showToast } from "@/components/toast";
import { zoneLabel } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";

/** Lists the member's sessions, each with a button to end it, except `current`. */
export function OwnSessions({ current }: { current: SessionId }) {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const { data: sessions } = useSuspenseQuery(trpc.member.sessions.queryOptions());
  const [ending, setEnding] = useState<SessionId | null>(null);
  const end = useEnd();
  const columns = useColumns(current, setEnding);
  return (
    <>
      <Table
        isStack
        caption={t("sessions")}
        columns={columns}
        rows={sessions}
        rowKey={({ sessionId }) => sessionId}
      />
      {ending && (
        <ConfirmDialog
          title={t("endTitle")}
          confirm={t("end")}
          onConfirm={() => end.mutate({ sessionId: ending })}
          onClose={() => setEnding(null)}
        >
          {t("endBody")}
        </ConfirmDialog>
      )}
    </>
  );
}

type OwnSession = { sessionId: SessionId; createdAt: Date; expiresAt: Date };

function useColumns(
  current: SessionId,
  onEnd: (sessionId: SessionId) => void,
): [Column<OwnSession>, ...Column<OwnSession>[]] {
  const t = useTranslations("settings");
  const [locale, now] = [useLocale(), useNow()];
  const zone = zoneLabel(locale, useTimeZone() ?? "UTC", now);
  return [
    {
      key: "since",
      head: t("since", { zone }),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
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
}

function useEnd() {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.member.endSession.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries(trpc.member.sessions.queryFilter());
        showToast({ tone: "done", title: t("ended") });
      },
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
}

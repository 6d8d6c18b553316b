"use client";

import type { SessionId } from "@ringfence/core/ids";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/dialogs";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { SessionTable, SignInTable } from "./session-table";

/** Lists the member's sessions, each with a button to end it, except `current`, and their last sign-ins. */
export function OwnSessions({ current }: { current: SessionId }) {
  const t = useTranslations("sessions");
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.member.sessions.queryOptions());
  const [ending, setEnding] = useState<SessionId | null>(null);
  const end = useEnd();
  return (
    <div className="grid gap-6">
      <SessionTable
        caption={t("own")}
        sessions={data.sessions}
        current={current}
        onEnd={setEnding}
      />
      <SignInTable signIns={data.signIns} />
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
    </div>
  );
}

function useEnd() {
  const t = useTranslations("sessions");
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

"use client";
import type { MemberId, SessionId } from "@ringfence/core/ids";
import type { SessionView, SignInView } from "@ringfence/services/account/member";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { useRefreshed, useShowDone, useTRPC } from "@/trpc/client";
import { SessionTable, SignInTable } from "./session-table";

type MemberSessionsProps = {
  memberId: MemberId;
  sessions: readonly SessionView[];
  signIns: readonly SignInView[];
  /** The owner's own session. */
  current: SessionId;
};

/** Shows an owner where a member is signed in and was before, and ends one session or all of them. */
export function MemberSessions({ memberId, sessions, signIns, current }: MemberSessionsProps) {
  const t = useTranslations("sessions");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const [ending, setEnding] = useState<SessionId | "all" | null>(null);
  const end = useMutation(
    trpc.member.endSessionsOf.mutationOptions({
      ...useRefreshed(),
      onSuccess: () => showDone(t("ended")),
    }),
  );
  return (
    <div className="grid gap-6">
      <SessionTable caption={t("theirs")} sessions={sessions} current={current} onEnd={setEnding} />
      {sessions.length > 1 && (
        <div>
          <Button look="danger" onClick={() => setEnding("all")}>
            {t("endAll")}
          </Button>
        </div>
      )}
      <SignInTable signIns={signIns} />
      {ending && (
        <ConfirmDialog
          title={t(ending === "all" ? "endAllTitle" : "endTitle")}
          confirm={t(ending === "all" ? "endAll" : "end")}
          onConfirm={() => end.mutate({ memberId, ...(ending !== "all" && { sessionId: ending }) })}
          onClose={() => setEnding(null)}
        >
          {t("endBody")}
        </ConfirmDialog>
      )}
    </div>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import type { RequestLawPreview, RequestPolicyPreview } from "@ringfence/core/audience/law-preview";
import type { RunView } from "@ringfence/services/platform/run";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/action-button";
import { RunProgressBar } from "@/components/progress";
import { useLiveRun, useTRPC } from "@/trpc/client";

type MakePreviewProps = RequestLawPreview & { whyNot: string | undefined };

/** Requests a preview: recent calls and running campaigns under the law of a future day. */
export function MakePreview({ day, span, whyNot }: MakePreviewProps) {
  const t = useTranslations("lawPreview");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.lawPreview.request.mutationOptions())}
      data={{ day, span }}
      whyNot={whyNot}
      done={t("asked")}
    >
      {t("make", { span })}
    </ActionButton>
  );
}

type MakePolicyPreviewProps = RequestPolicyPreview & { whyNot: string | undefined };

/** Requests a preview: recent calls and running campaigns under a draft of a policy. */
export function MakePolicyPreview({ draftId, span, whyNot }: MakePolicyPreviewProps) {
  const t = useTranslations("lawPreview");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.lawPreview.requestOfDraft.mutationOptions())}
      data={{ draftId, span }}
      whyNot={whyNot}
      done={t("asked")}
    >
      {t("make", { span })}
    </ActionButton>
  );
}

/** Shows the progress of a preview. */
export function PreviewProgress({ run }: { run: RunView }) {
  const t = useTranslations("lawPreview");
  const now = useLiveRun(run);
  return (
    <RunProgressBar label={t(now.status === "queued" ? "waits" : "runs")} run={now}>
      {t("soFar", { done: now.progress?.rows ?? 0 })}
    </RunProgressBar>
  );
}

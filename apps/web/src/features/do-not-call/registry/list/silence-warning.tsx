"use client";
import { useMutation } from "@tanstack/react-query";
import type { RegistryCoverage } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { ReasonField } from "@/components/fields";
import { typedText } from "@/components/typed-text";
import { useRefreshed, useTRPC } from "@/trpc/client";

type SilenceWarningProps = { registry: RegistryCoverage };

/** Silences the warning of a registry that is not connected, with an officer's reason, or restores it. */
export function SilenceWarning({ registry: { code, name, silenced } }: SilenceWarningProps) {
  const t = useTranslations("coverage");
  const trpc = useTRPC();
  const silence = useMutation(trpc.registry.silenceUnread.mutationOptions());
  const restore = useMutation(trpc.registry.unsilenceUnread.mutationOptions(useRefreshed()));
  if (silenced !== null) {
    return (
      <span className="grid justify-items-start gap-1 text-sm font-normal">
        <span>
          {silenced.by ? t("silencedBy", { name: silenced.by }) : t("silenced")} {silenced.reason}
        </span>
        <Button
          size="small"
          aria-label={t("warnAgainOf", { name })}
          disabled={restore.isPending}
          onClick={() => restore.mutate({ id: silenced.id })}
        >
          {t("warnAgain")}
        </Button>
      </span>
    );
  }
  return (
    <EditDialog
      words={{ open: t("silence"), openOne: t("silenceOne", { name }), title: t("silenceTitle") }}
      whyNot={undefined}
      read={(form) => ({ data: { code, reason: typedText(form, "reason") } })}
      saving={silence}
    >
      <p>{t("silenceBody", { name })}</p>
      <ReasonField label={t("why")} hint={t("whyHint")} />
    </EditDialog>
  );
}

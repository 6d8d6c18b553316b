"use client";
import { IdentityProof, type PasskeyAnswer } from "@ringfence/core/account/second-factor";
import type { CurrentMember } from "@ringfence/services/account/member";
import type { ProofOutcome } from "@ringfence/services/account/second-factor";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { startTransition, useActionState, useId } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Dialog } from "@/components/dialogs";
import { PasswordField } from "@/components/fields";
import { PasskeyButton } from "@/components/passkey-button";
import { useTRPC } from "@/trpc/client";
import { useSignOut } from "@/components/use-sign-out";
import { CodeField } from "./code-field";

type ProofDialogProps = {
  proves: CurrentMember["proves"];
  hasPasskey: boolean;
  onAnswer: (isProved: boolean) => void;
};

/** Asks a signed-in member to prove again who they are, before something that a stolen session must not do. */
export function ProofDialog({ proves, hasPasskey, onAnswer }: ProofDialogProps) {
  const t = useTranslations("proof");
  const words = useTranslations("dialog");
  const shell = useTranslations("shell");
  const form = useId();
  const { isLeaving, leave } = useSignOut();
  const { fault, submit, isBusy, byPasskey } = useProve(() => onAnswer(true));
  const cancel = () => onAnswer(false);
  return (
    <Dialog
      title={t("title")}
      onClose={cancel}
      actions={
        <>
          <Button onClick={cancel}>{words("cancel")}</Button>
          {proves === "sign-in" ? (
            <Button
              look="primary"
              busy={isLeaving && shell("signingOut")}
              onClick={() => void leave(findSignInPage)}
            >
              {t("signIn")}
            </Button>
          ) : (
            <Button type="submit" form={form} look="primary" busy={isBusy && t("checking")}>
              {t("continue")}
            </Button>
          )}
        </>
      }
    >
      <form id={form} action={submit} className="grid grid-cols-1 gap-4 text-ink">
        <p>{t(proves === "sign-in" ? "byProvider" : "why")}</p>
        {(fault === "throttled" || fault === "failed") && (
          <Banner tone="bad" role="alert" title={t(fault)} />
        )}
        {proves === "factor" && (
          <>
            <CodeField fault={fault === "wrong" ? t("wrongCode") : undefined} />
            {hasPasskey && <PasskeyButton onAnswer={byPasskey} />}
          </>
        )}
        {proves === "password" && (
          <PasswordField
            name="password"
            label={t("password")}
            fault={fault === "wrong" ? t("wrongPassword") : undefined}
          />
        )}
      </form>
    </Dialog>
  );
}

/** Address of the sign-in page that comes back to this page: a fresh sign-in is a proof too. */
function findSignInPage() {
  const { pathname, search } = window.location;
  return `/sign-in?from=${encodeURIComponent(pathname + search)}`;
}

type Fault = Exclude<ProofOutcome, "proved"> | "failed";

function useProve(onProved: () => void) {
  const trpc = useTRPC();
  const prove = useMutation(trpc.secondFactor.prove.mutationOptions());
  const [fault, submit, isBusy] = useActionState<Fault | null, unknown>(async (_, proof) => {
    const { data } = IdentityProof.safeParse(proof);
    if (data === undefined) return "wrong";
    const outcome = await prove.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "proved") return outcome;
    onProved();
    return null;
  }, null);
  return {
    fault,
    isBusy,
    submit: (form: FormData) => submit(Object.fromEntries(form)),
    byPasskey: async (passkey: PasskeyAnswer) => startTransition(() => submit({ passkey })),
  };
}

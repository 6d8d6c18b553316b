"use client";
import type { GivenFactor, PasskeyAnswer } from "@ringfence/core/account/second-factor";
import type { FactorOutcome } from "@ringfence/services/account/second-factor";
import { useMutation } from "@tanstack/react-query";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { startTransition, useActionState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { PasskeyButton } from "@/components/passkey-button";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { useSignOut } from "@/components/use-sign-out";
import { CodeField } from "./code-field";

type FactorFormProps = { from: Route; hasPasskey: boolean };

/** Asks for the second factor after the password, and then opens `from`. */
export function FactorForm({ from, hasPasskey }: FactorFormProps) {
  const t = useTranslations("proof");
  const words = useTranslations("secondFactor");
  const shell = useTranslations("shell");
  const { fault, submit, isBusy, byPasskey } = useSignIn(from);
  const { isLeaving, leave } = useSignOut();
  return (
    <form action={submit} className="grid gap-4">
      {fault && fault !== "wrong" && <Banner tone="bad" role="alert" title={t(fault)} />}
      <CodeField fault={fault === "wrong" ? t("wrongCode") : undefined} />
      <Button type="submit" look="primary" size="big" busy={isBusy && t("checking")}>
        {t("continue")}
      </Button>
      {hasPasskey && <PasskeyButton size="big" onAnswer={byPasskey} />}
      <Button
        look="quiet"
        busy={isLeaving && shell("signingOut")}
        onClick={() => void leave(() => "/sign-in")}
      >
        {words("startOver")}
      </Button>
    </form>
  );
}

type Fault = Exclude<FactorOutcome, "signed-in"> | "failed";

function useSignIn(from: Route) {
  const trpc = useTRPC();
  const signIn = useMutation(trpc.secondFactor.signIn.mutationOptions());
  const [fault, submit, isBusy] = useActionState<Fault | null, GivenFactor>(async (_, given) => {
    const outcome = await signIn.mutateAsync(given).catch(() => "failed" as const);
    if (outcome !== "signed-in") return outcome;
    // A full page load, because the router caches pages rendered for nobody.
    window.location.assign(from);
    return await new Promise<null>(() => {});
  }, null);
  return {
    fault,
    isBusy,
    submit: (form: FormData) => submit({ code: typedText(form, "code") }),
    byPasskey: async (passkey: PasskeyAnswer) => startTransition(() => submit({ passkey })),
  };
}

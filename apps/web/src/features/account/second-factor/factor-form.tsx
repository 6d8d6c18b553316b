"use client";
import type { FactorOutcome } from "@ringfence/services/account/second-factor";
import { useMutation } from "@tanstack/react-query";
import type { Route } from "next";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { CodeField } from "./code-field";

/** Asks for the second factor after the password, and then opens `from`. */
export function FactorForm({ from }: { from: Route }) {
  const t = useTranslations("proof");
  const words = useTranslations("secondFactor");
  const [fault, submit, isBusy] = useSignIn(from);
  return (
    <form action={submit} className="grid gap-4">
      {fault && fault !== "wrong" && <Banner tone="bad" role="alert" title={t(fault)} />}
      <CodeField fault={fault === "wrong" ? t("wrongCode") : undefined} />
      <Button type="submit" look="primary" size="big" busy={isBusy && t("checking")}>
        {t("continue")}
      </Button>
      <Button look="quiet" onClick={() => signOut({ callbackUrl: "/sign-in" })}>
        {words("startOver")}
      </Button>
    </form>
  );
}

type Fault = Exclude<FactorOutcome, "signed-in"> | "failed";

function useSignIn(from: Route) {
  const trpc = useTRPC();
  const signIn = useMutation(trpc.secondFactor.signIn.mutationOptions());
  return useActionState<Fault | null, FormData>(async (_, form) => {
    const outcome = await signIn
      .mutateAsync({ code: typedText(form, "code") })
      .catch(() => "failed" as const);
    if (outcome !== "signed-in") return outcome;
    // A full page load, because the router caches pages rendered for nobody.
    window.location.assign(from);
    return await new Promise<null>(() => {});
  }, null);
}

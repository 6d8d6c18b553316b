"use client";

import { ChoosePassword } from "@ringfence/core/account/member";
import type { LinkOutcome } from "@ringfence/services/account/member";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { useTRPC } from "@/trpc/client";

type Fault = Exclude<LinkOutcome, "chosen"> | "short" | "failed";

/** Lets a member choose a password with their link, and then sends them to sign in. */
export function ChoosePasswordForm({ link, email }: { link: string; email: string }) {
  const [t, words] = [useTranslations("join"), useTranslations("password")];
  const [fault, submit, isBusy] = useChoice(link);
  const fieldFault = fault === "short" || fault === "guessable" ? words(fault) : undefined;
  return (
    // An action, as at sign-in: a form sent before scripts have loaded must not put the password into the URL.
    <form action={submit} className="grid gap-5">
      {fault === "over" && <Banner tone="bad" role="alert" title={t("over")} />}
      {fault === "failed" && <Banner tone="bad" role="alert" title={words("failed")} />}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <Field label={words("new")} hint={words("hint")} fault={fieldFault}>
        {(wired) => (
          <Input
            {...wired}
            name="newPassword"
            type="password"
            autoComplete="new-password"
            required
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="big" busy={isBusy && t("choosing")}>
        {t("choose")}
      </Button>
    </form>
  );
}

function useChoice(link: string) {
  const trpc = useTRPC();
  const choose = useMutation(trpc.member.choosePassword.mutationOptions());
  return useActionState<Fault | null, FormData>(async (_, form) => {
    const { data } = ChoosePassword.safeParse({ link, newPassword: form.get("newPassword") });
    if (data === undefined) return "short";
    const outcome = await choose.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "chosen") return outcome;
    window.location.assign("/sign-in");
    return await new Promise<null>(() => {});
  }, null);
}

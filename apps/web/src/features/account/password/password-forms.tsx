"use client";
import { ChangeOwnPassword, ChoosePassword } from "@ringfence/core/account/member";
import type { LinkOutcome, PasswordOutcome } from "@ringfence/services/account/member";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { PasswordField } from "@/components/fields";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

type Fault = Exclude<PasswordOutcome, "changed"> | "short" | "same" | "failed";

/** Changes the member's own password. `next` is the page to open afterwards, if not this one. */
export function PasswordForm({ next }: { next?: Route }) {
  const t = useTranslations("password");
  const [fault, submit, isBusy] = useChange(next);
  return (
    // An action, as at sign-in: a form sent before scripts have loaded must not put the password into the
    // URL.
    <form action={submit} className="grid max-w-[26rem] gap-5 pt-4">
      {(fault === "throttled" || fault === "failed") && (
        <Banner tone="bad" role="alert" title={t(fault)} />
      )}
      <PasswordField
        name="password"
        label={t(next ? "handed" : "old")}
        fault={fault === "wrong" ? t(fault) : undefined}
      />
      <PasswordField
        name="newPassword"
        label={t("new")}
        hint={t("hint")}
        fault={isOfNew(fault) ? t(fault) : undefined}
      />
      <div>
        <Button type="submit" look="primary" busy={isBusy && t("changing")}>
          {t("change")}
        </Button>
      </div>
    </form>
  );
}

const ofNew = ["short", "same", "guessable"] as const;
const isOfNew = (fault: Fault | null): fault is (typeof ofNew)[number] =>
  ofNew.some((one) => one === fault);

function useChange(next: Route | undefined) {
  const t = useTranslations("password");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.member.changeOwnPassword.mutationOptions());
  return useActionState<Fault | null, FormData>(async (_, form) => {
    const given = Object.fromEntries(form);
    const { data } = ChangeOwnPassword.safeParse(given);
    if (data === undefined) return given.password === given.newPassword ? "same" : "short";
    const outcome = await change.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "changed") return outcome;
    // A full page load, because the router caches pages rendered for a member who could open nothing.
    if (next) {
      window.location.assign(next);
      return await new Promise<null>(() => {});
    }
    showToast({ tone: "done", title: t("changed") });
    await queryClient.invalidateQueries(trpc.member.sessions.queryFilter());
    return null;
  }, null);
}

type PasswordFault = Exclude<LinkOutcome, "chosen"> | "short" | "failed";

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
      <PasswordField
        name="newPassword"
        label={words("new")}
        hint={words("hint")}
        fault={fieldFault}
      />
      <Button type="submit" look="primary" size="big" busy={isBusy && t("choosing")}>
        {t("choose")}
      </Button>
    </form>
  );
}

function useChoice(link: string) {
  const trpc = useTRPC();
  const choose = useMutation(trpc.member.choosePassword.mutationOptions());
  return useActionState<PasswordFault | null, FormData>(async (_, form) => {
    const { data } = ChoosePassword.safeParse({ link, newPassword: form.get("newPassword") });
    if (data === undefined) return "short";
    const outcome = await choose.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "chosen") return outcome;
    window.location.assign("/sign-in");
    return await new Promise<null>(() => {});
  }, null);
}

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
import { findChangeFault } from "./change-fault";

type ChangeFault = Exclude<PasswordOutcome, "changed"> | "short" | "same" | "failed";

/**
 * Changes the member's own password. `next` is for a member whose current password was given to them by
 * somebody: the label says so, and that page opens after the change.
 */
export function PasswordForm({ next }: { next?: Route }) {
  const t = useTranslations("password");
  const [fault, submit, isBusy] = useChangePassword(next);
  return (
    // Uses `action`, not `onSubmit`, as at sign-in: otherwise a form sent before scripts have loaded would
    // put the password into the URL.
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
        fault={isNewPasswordFault(fault) ? t(fault) : undefined}
      />
      <div>
        <Button type="submit" look="primary" busy={isBusy && t("changing")}>
          {t("change")}
        </Button>
      </div>
    </form>
  );
}

const newPasswordFaults = ["short", "same", "guessable", "breached"] as const;
const isNewPasswordFault = (
  fault: ChangeFault | null,
): fault is (typeof newPasswordFaults)[number] =>
  newPasswordFaults.some((known) => known === fault);

function useChangePassword(next: Route | undefined) {
  const t = useTranslations("password");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.member.changeOwnPassword.mutationOptions());
  return useActionState<ChangeFault | null, FormData>(async (_, form) => {
    const given = Object.fromEntries(form);
    const { data } = ChangeOwnPassword.safeParse(given);
    if (data === undefined) return findChangeFault(given);
    const outcome = await change.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "changed") return outcome;
    // Loads the whole page, because the router still holds pages that were rendered while this member had to
    // choose a password first.
    if (next) {
      window.location.assign(next);
      // Never resolves, so that the button stays busy until the browser has left.
      return await new Promise<null>(() => {});
    }
    showToast({ tone: "done", title: t("changed") });
    await queryClient.invalidateQueries(trpc.member.sessions.queryFilter());
    return null;
  }, null);
}

type ChooseFault = Exclude<LinkOutcome, "chosen"> | "short" | "failed";

/** Lets a member choose a password through the link they were sent, and then opens the sign-in page. */
export function ChoosePasswordForm({ link, email }: { link: string; email: string }) {
  const t = useTranslations("join");
  const words = useTranslations("password");
  const [fault, submit, isBusy] = useChoosePassword(link);
  const isPasswordFault = fault === "short" || fault === "guessable" || fault === "breached";
  const fieldFault = isPasswordFault ? words(fault) : undefined;
  return (
    // Uses `action`, not `onSubmit`: see `PasswordForm`.
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

function useChoosePassword(link: string) {
  const trpc = useTRPC();
  const choose = useMutation(trpc.member.choosePassword.mutationOptions());
  return useActionState<ChooseFault | null, FormData>(async (_, form) => {
    const { data } = ChoosePassword.safeParse({ link, newPassword: form.get("newPassword") });
    if (data === undefined) return "short";
    const outcome = await choose.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "chosen") return outcome;
    window.location.assign("/sign-in");
    // Never resolves, so that the button stays busy until the browser has left.
    return await new Promise<null>(() => {});
  }, null);
}

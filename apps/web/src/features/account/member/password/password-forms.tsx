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
 * Changes the member's own password. `afterFirstPassword` is the page to open next for a member who replaces their first
 * password, which somebody gave them.
 */
export function PasswordForm({ afterFirstPassword }: { afterFirstPassword?: Route }) {
  const t = useTranslations("password");
  const [fault, submit, isBusy] = useChangePassword(afterFirstPassword);
  const isAboutForm = fault === "throttled" || fault === "failed";
  const isAboutNew = fault !== null && fault !== "wrong" && !isAboutForm;
  return (
    // Uses `action`, not `onSubmit`: otherwise a form sent before scripts have loaded would put the password
    // into the URL.
    <form action={submit} className="grid max-w-[26rem] gap-5 pt-4">
      {isAboutForm && <Banner tone="bad" role="alert" title={t(fault)} />}
      <PasswordField
        name="password"
        label={t(afterFirstPassword ? "handed" : "old")}
        fault={fault === "wrong" ? t(fault) : undefined}
      />
      <PasswordField
        name="newPassword"
        label={t("new")}
        hint={t("hint")}
        fault={isAboutNew ? t(fault) : undefined}
      />
      <div>
        <Button type="submit" look="primary" busy={isBusy && t("changing")}>
          {t("change")}
        </Button>
      </div>
    </form>
  );
}

function useChangePassword(afterFirstPassword: Route | undefined) {
  const t = useTranslations("password");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.member.changeOwnPassword.mutationOptions());
  return useActionState<ChangeFault | null, FormData>(async (_, form) => {
    const fields = Object.fromEntries(form);
    const { data } = ChangeOwnPassword.safeParse(fields);
    if (data === undefined) return findChangeFault(fields);
    const outcome = await change.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "changed") return outcome;
    // Loads the whole page, because the router still holds pages that were rendered while this member had to
    // choose a password first.
    if (afterFirstPassword) {
      window.location.assign(afterFirstPassword);
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
  const tPassword = useTranslations("password");
  const [fault, submit, isBusy] = useChoosePassword(link);
  const isAboutPassword = fault !== null && fault !== "over" && fault !== "failed";
  return (
    // Uses `action`, not `onSubmit`: see `PasswordForm`.
    <form action={submit} className="grid gap-5">
      {fault === "over" && <Banner tone="bad" role="alert" title={t("over")} />}
      {fault === "failed" && <Banner tone="bad" role="alert" title={tPassword("failed")} />}
      {/* Tells password managers whose password it is. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <PasswordField
        name="newPassword"
        label={tPassword("new")}
        hint={tPassword("hint")}
        fault={isAboutPassword ? tPassword(fault) : undefined}
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
    // The page has found the link, so only the length of the password can be wrong.
    if (data === undefined) return "short";
    const outcome = await choose.mutateAsync(data).catch(() => "failed" as const);
    if (outcome !== "chosen") return outcome;
    window.location.assign("/sign-in");
    // Never resolves, so that the button stays busy until the browser has left.
    return await new Promise<null>(() => {});
  }, null);
}

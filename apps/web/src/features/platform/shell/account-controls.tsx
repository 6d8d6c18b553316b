"use client";
import { useTranslations } from "next-intl";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Theme } from "@ringfence/core/account/member";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { showTheme } from "@/components/show-theme";
import { useTRPC } from "@/trpc/client";

export function SignOutButton() {
  const t = useTranslations("shell");
  const [isLeaving, setLeaving] = useState(false);
  return (
    <span className="justify-self-start">
      <Button
        size="small"
        busy={isLeaving && t("signOut")}
        onClick={async () => {
          setLeaving(true);
          await signOut({ callbackUrl: "/sign-in" });
        }}
      >
        {t("signOut")}
      </Button>
    </span>
  );
}

/** Shows itself at once, and is kept for the next sign-in. */
export function ThemePicker({ theme }: { theme: Theme }) {
  const t = useTranslations("shell.theme");
  const trpc = useTRPC();
  const router = useRouter();
  const change = useMutation(
    trpc.member.changeOwnSettings.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <fieldset className="theme">
      <legend>{t("legend")}</legend>
      {Theme.options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name="theme"
            value={option}
            defaultChecked={option === theme}
            onChange={() => {
              showTheme(option);
              change.mutate({ theme: option });
            }}
          />
          {t(option)}
        </label>
      ))}
    </fieldset>
  );
}

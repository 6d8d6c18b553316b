"use client";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/toast";

/**
 * Returns a function that ends the session in this browser and then opens a page, and whether it is running. If it
 * fails, the member stays on this page and a toast says so.
 */
export function useSignOut() {
  const t = useTranslations("shell");
  const [isLeaving, setLeaving] = useState(false);
  const leave = async (findPage: () => Promise<string> | string) => {
    setLeaving(true);
    try {
      const page = await findPage();
      const { url } = await signOut({ redirect: false });
      if (isRefused(url)) throw new Error("The session was not ended.");
      window.location.assign(page);
    } catch {
      setLeaving(false);
      showToast({ tone: "bad", title: t("stillSignedIn") });
    }
  };
  return { isLeaving, leave };
}

/** NextAuth answers like this when it got no valid CSRF token, for example because reading one failed. */
const isRefused = (url: string) => new URL(url, window.location.href).searchParams.has("csrf");

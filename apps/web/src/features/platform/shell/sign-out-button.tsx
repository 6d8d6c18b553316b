"use client";

import { useTranslations } from "next-intl";
import { signOut } from "next-auth/react";
import { useState } from "react";

/** Signs out. It is the last entry of the account group. */
export function SignOutButton() {
  const t = useTranslations("shell");
  const [isLeaving, setLeaving] = useState(false);
  return (
    <button
      type="button"
      className="place"
      {...(isLeaving && { "aria-busy": true })}
      onClick={async () => {
        if (isLeaving) return;
        setLeaving(true);
        await signOut({ callbackUrl: "/sign-in" });
      }}
    >
      {t("signOut")}
    </button>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { signOut } from "next-auth/react";
import { useState } from "react";

/** The last entry of the account. */
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

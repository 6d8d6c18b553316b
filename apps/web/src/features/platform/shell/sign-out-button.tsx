"use client";

import { useTranslations } from "next-intl";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/button";

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

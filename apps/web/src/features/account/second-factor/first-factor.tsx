"use client";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AuthenticatorSetup } from "./authenticator-setup";
import { AddPasskey } from "./own-passkeys";
import { RecoveryCodes } from "./recovery-codes";

/** Sets up the factor without which a member can open no other page, and then opens `from`. */
export function FirstFactor({ from }: { from: Route }) {
  const t = useTranslations("passkeys");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  // A full page load, because the router still holds pages that were rendered before.
  const leave = () => window.location.assign(from);
  if (codes !== null) return <RecoveryCodes codes={codes} onSaved={leave} />;
  return (
    <>
      <AuthenticatorSetup onDone={leave} />
      <div className="grid gap-4 border-t border-line pt-4">
        <p>{t("why")}</p>
        <AddPasskey onAdded={(codes) => (codes === null ? leave() : setCodes(codes))} />
      </div>
    </>
  );
}

"use client";

import type { Verification } from "@ringfence/core/ledger";
import { useTranslations } from "next-intl";
import { verify } from "ringfence-verify";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { Found } from "./found";

/** A certificate with all that was stated since is some hundred kB. */
const MAX_BYTES = 5_000_000;

/** A file, and what is found of it: no server is asked. */
export function Verifier() {
  const t = useTranslations("verify");
  const [found, setFound] = useState<Verification | "too-big" | null>(null);
  const take = async (file: File) => {
    const isTooBig = file.size > MAX_BYTES;
    setFound(isTooBig ? "too-big" : await verify(new Uint8Array(await file.arrayBuffer())));
  };
  return (
    <>
      <FileDrop
        label={t("file")}
        hint={t("hint")}
        accept=".json,.pdf,.txt,.jwt"
        onFile={(file) => void take(file)}
      />
      {found === "too-big" && <Banner tone="bad" role="alert" title={t("tooBig")} />}
      {found !== null && found !== "too-big" && <Found verification={found} zone="UTC" />}
    </>
  );
}

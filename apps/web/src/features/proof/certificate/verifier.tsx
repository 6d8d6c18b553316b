"use client";

import { isFromLog, type Trust, type Verification } from "@ringfence/core/proof/ledger";
import { useTranslations } from "next-intl";
import { type ReaderTrust, verify } from "ringfence-verify";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { Found } from "./found";
import { type OwnKeys, OwnKeyFields } from "./own-key-fields";

/** A certificate with all that was stated since is some hundred kB. */
const MAX_BYTES = 5_000_000;

type VerifierProps = {
  /** Keys that this site publishes, used for certificates that it issued. */
  site: Trust;
};

/** A file, and what is found of it: no server is asked. */
export function Verifier({ site }: VerifierProps) {
  const t = useTranslations("verify");
  const [file, setFile] = useState<Uint8Array | null>(null);
  const [own, setOwn] = useState<OwnKeys>({});
  const [found, setFound] = useState<Verification | "too-big" | null>(null);

  const check = async (bytes: Uint8Array | null, keys: OwnKeys) => {
    if (bytes !== null) setFound(await verifyWithKeys(bytes, keys, site));
  };
  const take = async (given: File) => {
    const isTooBig = given.size > MAX_BYTES;
    const bytes = isTooBig ? null : new Uint8Array(await given.arrayBuffer());
    setFile(bytes);
    if (isTooBig) setFound("too-big");
    await check(bytes, own);
  };
  const takeKeys = async (keys: OwnKeys) => {
    setOwn(keys);
    await check(file, keys);
  };
  return (
    <>
      <FileDrop
        label={t("file")}
        hint={t("hint")}
        accept=".json,.pdf,.txt,.jwt"
        onFile={(given) => void take(given)}
      />
      <OwnKeyFields own={own} onChange={(keys) => void takeKeys(keys)} />
      {found === "too-big" && <Banner tone="bad" role="alert" title={t("tooBig")} />}
      {found !== null && found !== "too-big" && <Found verification={found} zone="UTC" />}
    </>
  );
}

/** Verifies with the reader's keys if there are any, else with the site's if its log holds the file. */
async function verifyWithKeys(file: Uint8Array, own: OwnKeys, site: Trust): Promise<Verification> {
  const readerKeys: ReaderTrust = Object.fromEntries(
    Object.entries(own).map(([name, { text }]) => [name, text]),
  );
  const hasKeys = own.policy !== undefined || own.keys !== undefined;
  if (hasKeys) return verify(file, readerKeys);
  const withFileKeys = await verify(file, readerKeys);
  return isFromLog(withFileKeys, site) ? verify(file, { ...readerKeys, ...site }) : withFileKeys;
}

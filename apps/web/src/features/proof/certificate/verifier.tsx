"use client";
import { type Trust, type Verification, isFromLog } from "@ringfence/core/proof/ledger";
import { useTranslations } from "next-intl";
import { type ReaderTrust, verify } from "ringfence-verify";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { VerificationResult } from "./verification-result";

/** A certificate with all later statements has some hundred kB. */
const MAX_BYTES = 5_000_000;

type VerifierProps = {
  /** Keys that this site publishes, used for certificates that it issued. */
  site: Trust;
};

/** Verifies a file in the browser, without a server. */
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
      {found !== null && found !== "too-big" && (
        <VerificationResult verification={found} zone="UTC" />
      )}
    </>
  );
}

/**
 * Verifies with the reader's policy or statement keys if there are any. Otherwise, uses the site's keys if the file
 * names the site's log, and the file's own if not.
 */
async function verifyWithKeys(file: Uint8Array, own: OwnKeys, site: Trust): Promise<Verification> {
  const readerKeys: ReaderTrust = Object.fromEntries(
    Object.entries(own).map(([name, { text }]) => [name, text]),
  );
  const hasKeys = own.policy !== undefined || own.keys !== undefined;
  if (hasKeys) return verify(file, readerKeys);
  const withFileKeys = await verify(file, readerKeys);
  return isFromLog(withFileKeys, site) ? verify(file, { ...readerKeys, ...site }) : withFileKeys;
}

type KeyFile = { name: string; text: string };
type OwnKeys = { policy?: KeyFile; keys?: KeyFile; roots?: KeyFile };

const fields = [
  { name: "policy", accept: ".txt,text/plain" },
  { name: "keys", accept: ".json" },
  { name: "roots", accept: ".pem,.crt,.cer" },
] as const;

type OwnKeyFieldsProps = { own: OwnKeys; onChange: (own: OwnKeys) => void };

/** Lets a reader choose files with keys that they have from another source. */
function OwnKeyFields({ own, onChange }: OwnKeyFieldsProps) {
  const t = useTranslations("verify.own");
  return (
    <details>
      <summary className="cursor-pointer font-medium">{t("title")}</summary>
      <p className="mt-2 text-sm text-muted">{t("note")}</p>
      {fields.map(({ name, accept }) => (
        <label key={name} className="mt-3 grid gap-1 text-sm">
          <span className="font-medium">{t(name)}</span>
          <input
            type="file"
            accept={accept}
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (!file) return;
              void file
                .text()
                .then((text) => onChange({ ...own, [name]: { name: file.name, text } }));
            }}
          />
        </label>
      ))}
    </details>
  );
}

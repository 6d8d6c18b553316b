"use client";
import { type Trust, type Verification, isFromLog } from "@ringfence/core/proof/ledger";
import { createLatestOnly } from "@ringfence/core/platform/latest-only";
import { useTranslations } from "next-intl";
import { type ReaderTrust, verify } from "ringfence-verify";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { VerificationResult } from "./verification-result";

/** A certificate with all later statements has some hundred kB, an evidence pack a few MB. */
const MAX_BYTES = 50_000_000;

type VerifierProps = {
  /** Keys that this site publishes, used for certificates that it issued. */
  site: Trust;
};

/** Verifies a file in the browser, without a server. */
export function Verifier({ site }: VerifierProps) {
  const t = useTranslations("verify");
  const [file, setFile] = useState<Uint8Array | null>(null);
  const [own, setOwn] = useState<OwnKeys>({});
  const [found, setFound] = useState<Verification | FileFault | null>(null);

  const [latestOnly] = useState(createLatestOnly);

  // The last verdict goes first, and one that comes late is dropped, so that it is never taken for that of this file.
  const check = (bytes: Uint8Array, keys: OwnKeys) => {
    setFound(null);
    return latestOnly(() => verifyWithKeys(bytes, keys, site), setFound);
  };
  const take = (given: File) => {
    setFile(null);
    setFound(null);
    return latestOnly(
      () => readFile(given),
      (bytes) => {
        if (typeof bytes === "string") return setFound(bytes);
        setFile(bytes);
        void check(bytes, own);
      },
    );
  };
  const takeKeys = async (keys: OwnKeys) => {
    setOwn(keys);
    if (file !== null) await check(file, keys);
  };
  return (
    <>
      <FileDrop
        label={t("file")}
        hint={t("hint")}
        accept=".json,.pdf,.txt,.jwt,.zip"
        onFile={(given) => void take(given)}
      />
      <OwnKeyFields own={own} onChange={(keys) => void takeKeys(keys)} />
      {typeof found === "string" && <Banner tone="bad" role="alert" title={t(found)} />}
      {found !== null && typeof found === "object" && (
        <VerificationResult verification={found} zone="UTC" />
      )}
    </>
  );
}

type FileFault = "tooBig" | "unreadable";

async function readFile(file: File): Promise<Uint8Array | FileFault> {
  if (file.size > MAX_BYTES) return "tooBig";
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return "unreadable";
  }
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

"use client";

import { useTranslations } from "next-intl";

type KeyFile = { name: string; text: string };
export type OwnKeys = { policy?: KeyFile; keys?: KeyFile; roots?: KeyFile };

const fields = [
  { name: "policy", accept: ".txt,text/plain" },
  { name: "keys", accept: ".json" },
  { name: "roots", accept: ".pem,.crt,.cer" },
] as const;

type OwnKeyFieldsProps = { own: OwnKeys; onChange: (own: OwnKeys) => void };

/** Lets a reader choose files with keys that they have from another source. */
export function OwnKeyFields({ own, onChange }: OwnKeyFieldsProps) {
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

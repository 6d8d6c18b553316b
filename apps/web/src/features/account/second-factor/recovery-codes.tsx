"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { CopyButton } from "@/components/client-buttons";

type RecoveryCodesProps = { codes: readonly string[]; onSaved: () => void };

/** Shows new recovery codes, which cannot be shown again. Takes the focus. */
export function RecoveryCodes({ codes, onSaved }: RecoveryCodesProps) {
  const t = useTranslations("secondFactor");
  return (
    <div
      aria-live="polite"
      tabIndex={-1}
      ref={focus}
      className="grid max-w-[26rem] grid-cols-1 gap-3"
    >
      <p className="text-lg font-semibold">{t("codesTitle")}</p>
      <p>{t("codesNote")}</p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1 bg-sunken p-3 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join("\n")} />
        <Button size="small" look="primary" onClick={onSaved}>
          {t("saved")}
        </Button>
      </div>
    </div>
  );
}

const focus = (node: HTMLElement | null) => node?.focus();

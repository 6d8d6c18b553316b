"use client";

import type { ConsentId } from "@ringfence/core/ids";
import type { LetterOnRecord as Recorded } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { FileHash } from "./file-hash";

type LetterOnRecordProps = {
  recorded: Recorded;
  consents: readonly { id: ConsentId; name: string }[];
};

/** Lists the consents that a letter withdrew, and those withdrawn before it. Takes the focus. */
export function LetterOnRecord({ recorded, consents }: LetterOnRecordProps) {
  const t = useTranslations("recordLetter");
  const isAnyNew = recorded.consents.some(({ isNew }) => isNew);
  return (
    <div className="grid max-w-[36rem] gap-4 pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus}>
        <p className="text-lg font-semibold">{t(isAnyNew ? "done" : "nothingNew")}</p>
      </div>
      <ul className="grid gap-2">
        {recorded.consents.map(({ id, isNew }) => (
          <li key={id}>
            <Link href={`/consents/${id}`} prefetch={false}>
              {consents.find((consent) => consent.id === id)?.name ?? t("consent")}
            </Link>
            : {t(isNew ? "withdrawn" : "withdrawnBefore")}
          </li>
        ))}
      </ul>
      {isAnyNew ? <FileHash hash={recorded.hash} /> : <p>{t("notKept")}</p>}
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();

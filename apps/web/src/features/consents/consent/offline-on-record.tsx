"use client";

import type { OfflineConsents } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";
import { FileHash } from "./file-hash";
import { Standings } from "./standings";

type OfflineOnRecordProps = {
  recorded: OfflineConsents;
  purposes: ReadonlyMap<string, string>;
  onAnother: () => void;
};

/** Shows the recorded consents, whether they allow calls, and the hash of the evidence. Takes the focus. */
export function OfflineOnRecord({ recorded, purposes, onAnother }: OfflineOnRecordProps) {
  const t = useTranslations("recordConsent");
  const consent = useTranslations("consent");
  const { consents, phoneId, hash } = recorded;
  const isHeld = consents.some(({ standing }) => standing.some(({ status }) => status === "held"));
  return (
    <div className="grid max-w-[36rem] gap-4 pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus}>
        <p className="text-lg font-semibold">{t("done", { count: consents.length })}</p>
      </div>
      {isHeld && (
        <Banner tone="care" title={t("held")}>
          {t("heldBody")}
        </Banner>
      )}
      <ul className="grid gap-2">
        {consents.map(({ id, standing }) => (
          <li key={id} className="grid gap-1 border-b border-line pb-2">
            {standing.length > 0 ? (
              <Standings standing={standing} purposes={purposes} />
            ) : (
              <p>{consent("dataAlone")}</p>
            )}
            <Link href={`/consents/${id}`} prefetch={false} className="justify-self-start">
              {t("open")}
            </Link>
          </li>
        ))}
      </ul>
      <FileHash hash={hash} />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onAnother}>
          {t("another")}
        </Button>
        <ButtonLink href={{ pathname: `/numbers/${phoneId}` }} prefetch={false}>
          {t("toNumber")}
        </ButtonLink>
      </div>
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();

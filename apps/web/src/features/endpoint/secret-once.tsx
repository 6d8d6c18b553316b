"use client";

import type { EndpointId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/button-link";
import { CopyButton } from "@/components/copy-button";
import { safePath } from "@/server/safe-path";

type SecretOnceProps = { secret: string; endpointId?: EndpointId };

/** What requests are signed with, in clear this one time. The focus is moved here. */
export function SecretOnce({ secret, endpointId }: SecretOnceProps) {
  const t = useTranslations("endpoint");
  return (
    <div aria-live="polite" tabIndex={-1} ref={focus} className="grid max-w-[40rem] gap-2 pt-2">
      <p className="text-lg font-semibold">{t("secretMade")}</p>
      <p>{t("secretOnce")}</p>
      <code className="bg-sunken p-3 font-mono text-sm break-all">{secret}</code>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={secret} />
        {endpointId && (
          <ButtonLink size="small" href={safePath(`/endpoints/${endpointId}`)}>
            {t("open")}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}

const focus = (node: HTMLElement | null) => node?.focus();

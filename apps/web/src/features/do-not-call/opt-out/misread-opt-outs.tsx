"use client";

import type { listUnreadableOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { PhoneText } from "@/components/phone-text";
import type { Mended } from "./mended";
import { MisreadOptOut } from "./misread-opt-out";

type MisreadOptOutsProps = {
  misread: Awaited<ReturnType<typeof listUnreadableOptOuts>>;
  /** Why the member may not say whose they are. */
  whyNot: string | undefined;
};

/** Refusals that cover nobody yet: a question for a person, and what was answered here. */
export function MisreadOptOuts({ misread: { items, count }, whyNot }: MisreadOptOutsProps) {
  const t = useTranslations("misread");
  const [mended, setMended] = useState<readonly Mended[]>([]);
  if (items.length === 0 && mended.length === 0) return null;
  return (
    <div className="mb-6 grid gap-3">
      <div aria-live="polite" className="grid gap-2">
        {mended.map(({ phone, reference }) => (
          <Banner key={reference} title={t("mended", { reference })}>
            <PhoneText phone={phone} />
          </Banner>
        ))}
      </div>
      {items.length > 0 && (
        <Banner tone="care" title={t("title", { count })}>
          <p>{t("body")}</p>
          <ul className="mt-2 grid">
            {items.map((item) => (
              <li key={item.id} className="border-t border-line py-2.5">
                <MisreadOptOut
                  misread={item}
                  whyNot={whyNot}
                  onMended={(answer) => setMended((before) => [...before, answer])}
                />
              </li>
            ))}
          </ul>
          {count > items.length && <p>{t("first", { count: items.length })}</p>}
        </Banner>
      )}
    </div>
  );
}

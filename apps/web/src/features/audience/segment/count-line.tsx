"use client";

import { useTranslations } from "next-intl";
import { Count } from "@/components/count";

type CountLineProps = {
  count: number | null;
  contacts: number | null;
  isCounting: boolean;
  hasFaults: boolean;
};

/** How many the rule means, as it is built. */
export function CountLine({ count, contacts, isCounting, hasFaults }: CountLineProps) {
  const t = useTranslations("segmentBuilder");
  const share = useTranslations("share");
  const isKnown = count !== null && !hasFaults;
  const percent = isKnown && contacts ? Math.round((count / contacts) * 1_000) / 10 : null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 pt-2.5 pb-3">
      <output
        aria-live="polite"
        aria-busy={isCounting}
        className={`text-lg ${isCounting ? "text-muted" : ""}`}
      >
        {isKnown ? (
          <b>{t.rich("people", { count, n: () => <Count value={count} /> })}</b>
        ) : (
          <span className="text-muted">{t(hasFaults ? "notCounted" : "counting")}</span>
        )}
        {percent !== null && contacts !== null && (
          <span>
            {" "}
            {t.rich("ofAll", {
              percent: share("percent", { percent }),
              n: () => <Count value={contacts} />,
            })}
          </span>
        )}
      </output>
      {isCounting && isKnown && <span className="text-sm text-muted">{t("counting")}</span>}
    </p>
  );
}

import type { LogLag } from "@ringfence/core/proof/ledger";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/local-time";

/** What does not run, since when, and what that means for proofs; nothing while all is signed. */
export function LagBanner({ lag }: { lag: LogLag }) {
  const t = useTranslations("ledger.lag");
  if (lag.state === "kept-up") return null;
  const since = () => <LocalTime instant={lag.since} />;
  return (
    <Banner tone="bad" title={t(`${lag.state}.title`)}>
      {t.rich(`${lag.state}.body`, { since, code: (text) => <code>{text}</code> })}
    </Banner>
  );
}

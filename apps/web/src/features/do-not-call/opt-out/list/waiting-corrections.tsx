import type { CorrectionList } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Banner } from "@/components/banner";
import { PhoneText } from "@/components/phone-text";

/** Lists corrections that wait for another officer. */
export function WaitingCorrections({ items, count }: CorrectionList) {
  const t = useTranslations("correction");
  if (items.length === 0) return null;
  return (
    <div className="mt-3 mb-6">
      <Banner tone="care" title={t("openTitle", { count })}>
        <p>{t("openBody")}</p>
        <ul className="mt-2 grid">
          {items.map(({ id, optOutId, phone, reference, isOwn }) => (
            <li key={id} className="flex flex-wrap gap-x-3 border-t border-line py-2.5">
              {phone ? <PhoneText phone={phone} /> : t("erased")}
              <Link href={`/opt-outs/${optOutId}`}>{t("openLink", { reference })}</Link>
              {isOwn && <span className="text-muted">{t("openOwn")}</span>}
            </li>
          ))}
        </ul>
        {count > items.length && <p>{t("openFirst", { count: items.length })}</p>}
      </Banner>
    </div>
  );
}

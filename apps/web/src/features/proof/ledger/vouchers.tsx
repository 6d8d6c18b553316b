import type { LedgerView } from "@ringfence/services/proof/ledger";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

type VouchersProps = { of: LedgerView["witnesses"]; none: string };

/** Who outside vouches for the log, and for how much of it. */
export function Vouchers({ of, none }: VouchersProps) {
  const t = useTranslations("ledger");
  if (of.length === 0) return none;
  return (
    <ul className="grid gap-1">
      {of.map(({ name, size, at }) => (
        <li key={name} className="wrap-anywhere">
          {name}
          <span className="block text-sm text-muted">
            {size === null || at === null
              ? t("neverVouched")
              : t.rich("vouched", { size, at: () => <LocalTime instant={at} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

import type { DayRefusals } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";
import { ShareBar } from "@/components/share-bar";

type WhyRefusedProps = { reasons: DayRefusals["reasons"]; refused: number };

/** Which reasons refused calls in the last 24 hours, each beside its count. */
export function WhyRefused({ reasons, refused }: WhyRefusedProps) {
  const t = useTranslations("today");
  const names = useTranslations("reasons");
  const most = reasons[0]?.count ?? 1;
  return (
    <Section title={t("whyRefused")} aside={t("whyRefusedAside")}>
      {reasons.length === 0 ? (
        <Empty title={t("noRefusals")} />
      ) : (
        <>
          <ul className="mt-3 grid gap-1.5">
            {reasons.map(({ reason, count }) => (
              <li
                key={reason}
                className="grid grid-cols-[9rem_minmax(0,1fr)_3.5rem] items-center gap-3 text-sm"
              >
                {names(`${reason}.name`)}
                <ShareBar part={count / most} />
                <span className="text-right tabular-nums">
                  <Count value={count} />
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-2.5 text-xs text-muted">{t("whyRefusedFoot", { count: refused })}</p>
        </>
      )}
    </Section>
  );
}

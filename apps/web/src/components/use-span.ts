import { useFormatter, useTranslations } from "next-intl";

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Formats a duration in the most readable unit: `38 ms`, `1.2 s`, `5 min`. */
export function useSpan() {
  const t = useTranslations("span");
  const format = useFormatter();
  const told = (value: number) =>
    format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return (ms: number) => {
    if (ms < SECOND) return t("ms", { value: told(Math.round(ms)) });
    if (ms < MINUTE) return t("s", { value: told(ms / SECOND) });
    if (ms < HOUR) return t("min", { value: told(ms / MINUTE) });
    return ms < DAY ? t("h", { value: told(ms / HOUR) }) : t("d", { value: told(ms / DAY) });
  };
}

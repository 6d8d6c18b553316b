import { useFormatter, useTranslations } from "next-intl";

/** Formats a count, `1,204,880` or `1 204 880`, and keeps it on one line. */
export function Count({ value }: { value: number }) {
  const format = useFormatter();
  return (
    <span className="whitespace-nowrap">{format.number(value).replaceAll(/\s/g, "\u00A0")}</span>
  );
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Formats a file size to two significant digits: `48 kB`, `1.2 GB`. */
export function ByteSize({ bytes }: { bytes: number }) {
  const format = useFormatter();
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = format.number(bytes / 1_000 ** step, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short", // the short unit would read “110 byte”
    maximumSignificantDigits: 2,
  });
  return <span className="whitespace-nowrap">{size}</span>;
}

type ShareProps = { count: number; of: number };

/** Shows a share with its count and total: `61.4 %, 739,812 of 1,204,880`. */
export function Share({ count, of }: ShareProps) {
  const t = useTranslations("share");
  const percent = of === 0 ? 0 : Math.round((count / of) * 1000) / 10;
  return <span>{t("of", { percent, count, whole: of })}</span>;
}

/** Bar of a share from 0 to 1, for the eye only. Show the count beside it. */
export const ShareBar = ({ part }: { part: number }) => (
  <span className="share" aria-hidden>
    <BarPart part={part} />
  </span>
);

type BarPartProps = { part: number; className?: string };

/**
 * Part of a bar, from 0 to 1 of its width. It is an `svg` because that has a `width` attribute: the
 * security policy of pages forbids `style` attributes.
 */
export const BarPart = ({ part, className }: BarPartProps) => (
  <svg aria-hidden width={`${part * 100}%`} className={className} />
);

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Returns a function that formats a duration in the most readable unit: `38 ms`, `1.2 s`, `5 min`. */
export function useDurationFormat() {
  const t = useTranslations("span");
  const format = useFormatter();
  const toText = (value: number) =>
    format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return (ms: number) => {
    if (ms < SECOND) return t("ms", { value: toText(Math.round(ms)) });
    if (ms < MINUTE) return t("s", { value: toText(ms / SECOND) });
    if (ms < HOUR) return t("min", { value: toText(ms / MINUTE) });
    return ms < DAY ? t("h", { value: toText(ms / HOUR) }) : t("d", { value: toText(ms / DAY) });
  };
}

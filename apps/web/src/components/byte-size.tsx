import { useFormatter } from "next-intl";

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

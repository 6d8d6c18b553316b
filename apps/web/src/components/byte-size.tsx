import { useFormatter } from "next-intl";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** `48 kB`, `1.2 GB`: as much as one wants to know of the size of a file. */
export function ByteSize({ bytes }: { bytes: number }) {
  const format = useFormatter();
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = format.number(bytes / 1_000 ** step, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    maximumSignificantDigits: 2,
  });
  return <span className="whitespace-nowrap">{size}</span>;
}

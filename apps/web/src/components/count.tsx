import { useFormatter } from "next-intl";

/** Formats a count, `1,204,880` or `1 204 880`, and keeps it on one line. */
export function Count({ value }: { value: number }) {
  const format = useFormatter();
  return (
    <span className="whitespace-nowrap">{format.number(value).replaceAll(/\s/g, "\u00A0")}</span>
  );
}

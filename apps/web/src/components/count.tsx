import { useFormatter } from "next-intl";

/** `1,204,880` or `1 204 880`, never broken over lines. */
export function Count({ value }: { value: number }) {
  const format = useFormatter();
  return (
    <span className="whitespace-nowrap">{format.number(value).replaceAll(/\s/g, "\u00A0")}</span>
  );
}

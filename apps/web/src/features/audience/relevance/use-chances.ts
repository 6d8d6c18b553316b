import { useFormatter } from "next-intl";

/** How a chance is written: small ones are told apart. */
export function useChances() {
  const format = useFormatter();
  return (chance: number): string =>
    format.number(chance, { style: "percent", maximumFractionDigits: chance < 0.1 ? 2 : 1 });
}

import type { RefusalSpeed, Speed } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { useSpan } from "@/components/use-span";
import type { Fact } from "@/components/facts";
import { SpeedChart } from "./speed-chart";

/** How fast refusals were in force and heard of in 24 hours, as facts with their charts. */
export function useSpeedFacts({ inForce, heard, waiting }: RefusalSpeed): Fact[] {
  const t = useTranslations("today.speed");
  const told = waiting > 0 ? [t("waiting", { count: waiting })] : [];
  return [...useSpeedFact(t("inForce"), inForce, []), ...useSpeedFact(t("heard"), heard, told)];
}

function useSpeedFact(name: string, speed: Speed | null, notes: string[]): Fact[] {
  const t = useTranslations("today.speed");
  const span = useSpan();
  if (speed === null) {
    return notes.length > 0 ? [{ name, value: t("none"), notes }] : [];
  }
  const { p50, p99, worst, count } = speed;
  const told = { p50: span(p50), p99: span(p99), worst: span(worst), count };
  return [
    {
      name,
      value: <b>{t("value", told)}</b>,
      notes: [
        t("worst", told),
        <SpeedChart key="chart" speed={speed} sentence={t("sentence", told)} />,
        ...notes,
      ],
    },
  ];
}

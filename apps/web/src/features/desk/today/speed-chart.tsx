import type { Speed } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { useSpan } from "@/components/use-span";
import { placesOf } from "./speed-scale";

const MIDDLE = 18;

/** Median, 99th of 100 and the slowest on a scale of powers of ten. */
export function SpeedChart({ speed, sentence }: { speed: Speed; sentence: string }) {
  const t = useTranslations("today.speed");
  const span = useSpan();
  const { ticks, placeOf, width } = placesOf(speed.worst);
  const [p50, p99, worst] = [speed.p50, speed.p99, speed.worst].map(placeOf);
  return (
    <svg
      role="img"
      aria-label={sentence}
      viewBox={`0 -5 ${width} 45`}
      className="mt-1.5 block w-full max-w-[18rem] fill-muted text-[11px]"
    >
      <line
        x1={placeOf(ticks[0])}
        x2={placeOf(ticks.at(-1) ?? 0)}
        y1={MIDDLE}
        y2={MIDDLE}
        stroke="var(--line-strong)"
      />
      {ticks.map((ms) => (
        <g key={ms}>
          <line x1={placeOf(ms)} x2={placeOf(ms)} y1={14} y2={22} stroke="var(--line-strong)" />
          <text x={placeOf(ms)} y={37} textAnchor="middle">
            {span(ms)}
          </text>
        </g>
      ))}
      <path d={`M${p50} 10V26`} stroke="var(--ink)" strokeWidth={4} />
      <path d={`M${p99} 10V26`} stroke="var(--ink)" strokeWidth={2} />
      <circle
        cx={worst}
        cy={MIDDLE}
        r={3.5}
        fill="var(--surface)"
        stroke="var(--ink)"
        strokeWidth={1.5}
      />
      <text x={p50} y={7} textAnchor="middle">
        {t("p50")}
      </text>
    </svg>
  );
}

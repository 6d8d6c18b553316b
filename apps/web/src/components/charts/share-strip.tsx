import { useTranslations } from "next-intl";
import { Count } from "../numbers";
import { type Series, seriesPaint } from "./series";

type ShareStripProps = {
  /** Summary of the strip in a sentence. Screen readers use it as its name. */
  sentence: string;
  parts: readonly (Series & { count: number })[];
};

const [WIDTH, HEIGHT, GAP] = [720, 28, 2];

/** Strip of the parts of a whole, drawn to scale. Below, each part has its name, count and share. */
export function ShareStrip({ sentence, parts }: ShareStripProps) {
  const t = useTranslations("share");
  const whole = parts.reduce((sum, { count }) => sum + count, 0);
  const toShare = (count: number) => (whole === 0 ? 0 : count / whole);
  const before = (index: number) =>
    parts.slice(0, index).reduce((sum, { count }) => sum + toShare(count), 0);
  return (
    <figure>
      <svg
        role="img"
        aria-label={sentence}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-7 w-full"
      >
        {parts.map((part, index) => (
          <rect
            key={part.key}
            x={before(index) * WIDTH + 0.5}
            y={0.5}
            width={Math.max(0, toShare(part.count) * WIDTH - GAP)}
            height={HEIGHT - 1}
            vectorEffect="non-scaling-stroke"
            {...seriesPaint(part)}
          />
        ))}
      </svg>
      <ul className="flex flex-wrap gap-x-6 gap-y-1 pt-2.5">
        {parts.map((part) => (
          <li key={part.key} className="inline-flex items-center gap-2">
            <svg aria-hidden width="14" height="12">
              <rect x=".5" y=".5" width="13" height="11" {...seriesPaint(part)} />
            </svg>
            <span>{part.name}</span>
            <span className="tabular-nums">
              <b>
                <Count value={part.count} />
              </b>{" "}
              <span className="text-muted">
                {t("percent", { percent: Math.round(toShare(part.count) * 1_000) / 10 })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

import { stops } from "./gate";
import { toGates } from "./to-gates";
import type { ScreeningAnswer } from "./screening-answer";
import { useGateWords } from "./use-gate-words";

/** Distance between gates, in pixels. */
const STEP = 8;

/** The fence at the size of a word, for table rows. */
export function FenceMicro({ answer }: { answer: ScreeningAnswer }) {
  const { summarize } = useGateWords(answer);
  const gates = toGates(answer);
  const width = gates.length * STEP;
  const at = gates.map((gate, i) => ({ ...gate, x: i * STEP + STEP / 2 }));
  const firstStop = at.find(stops)?.x ?? width;
  const marks = (state: string, mark: (x: number) => string) =>
    at
      .filter((gate) => gate.state === state)
      .map(({ x }) => mark(x))
      .join("");

  return (
    <svg
      role="img"
      aria-label={summarize(gates)}
      viewBox={`0 0 ${width} 18`}
      width={width}
      height="18"
      fill="none"
      className={`inline-block ${firstStop === width ? "text-allow" : "text-ink"}`}
    >
      <path d={`M0 9H${firstStop}`} stroke="currentColor" strokeWidth="1.5" />
      {firstStop < width && (
        <path
          d={`M${firstStop} 9H${width}`}
          strokeWidth="1.5"
          strokeDasharray="1.5 2.5"
          className="stroke-line-strong"
        />
      )}
      <path
        d={marks("open", (x) => `M${x} 2v4M${x} 16v-4`) + marks("ajar", (x) => `M${x} 16v-4`)}
        stroke="currentColor"
        strokeWidth="1.25"
      />
      <path d={marks("ajar", (x) => `M${x} 1v4l4.5 3`)} strokeWidth="2" className="stroke-warn" />
      <path
        d={marks("none", (x) => `M${x - 0.75} 3.5h1.5M${x - 0.75} 14.5h1.5`)}
        strokeWidth="1.5"
        className="stroke-muted"
      />
      <path d={marks("shut", (x) => `M${x} 0v18`)} strokeWidth="4" className="stroke-refuse" />
      <path
        d={marks("unchecked", (x) => `M${x - 2} 1.5h4v15h-4z`)}
        strokeWidth="1.25"
        strokeDasharray="2.5 1.5"
        className="fill-surface stroke-refuse"
      />
    </svg>
  );
}

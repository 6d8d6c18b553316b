/** Hatches and dots for charts, once per page. `series.ts` refers to them by id. */
export const ChartPatterns = () => (
  <svg aria-hidden width="0" height="0" className="absolute">
    <defs>
      <Stripes id="p-refuse" color="var(--refuse)" width={2.6} turn={45} />
      <Stripes id="p-2" color="var(--chart-2)" width={3} turn={45} />
      <pattern id="p-3" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2.5" cy="2.5" r="1.6" fill="var(--chart-3)" />
      </pattern>
      <Stripes id="p-4" color="var(--chart-4)" width={3} turn={-45} />
      <Stripes id="p-5" color="var(--chart-5)" width={2.6} turn={90} />
    </defs>
  </svg>
);

type StripesProps = { id: string; color: string; width: number; turn: number };

const Stripes = ({ id, color, width, turn }: StripesProps) => (
  <pattern
    id={id}
    width="5"
    height="5"
    patternUnits="userSpaceOnUse"
    patternTransform={`rotate(${turn})`}
  >
    <rect width={width} height="5" fill={color} />
  </pattern>
);

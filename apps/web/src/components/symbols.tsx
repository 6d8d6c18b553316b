/** SVG symbols that every page includes once and refers to by id. */
export const Symbols = () => (
  <>
    <GateSymbols />
    <ChartPatterns />
  </>
);

/** Hatches and dots for charts, once per page. `series.ts` refers to them by id. */
const ChartPatterns = () => (
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

/** The five glyphs of a gate, once per page; `GateGlyph` uses them. A gate runs from top to bottom. */
const GateSymbols = () => (
  <svg aria-hidden width="0" height="0" className="absolute">
    <defs>
      <symbol id="gate-open" viewBox="0 0 24 48">
        <path className="g-wall" d="M12 3v13h8M12 45V32h8" />
      </symbol>
      <symbol id="gate-shut" viewBox="0 0 24 48">
        <path className="g-shut" d="M12 3v42" />
      </symbol>
      <symbol id="gate-unchecked" viewBox="0 0 24 48">
        <path className="g-unchecked" d="M7.5 3.5h9v41h-9z" />
      </symbol>
      <symbol id="gate-ajar" viewBox="0 0 24 48">
        <path className="g-wall" d="M12 3v13M12 45V32h8" />
        <path className="g-ajar" d="M12 16l8 4.5" />
      </symbol>
      <symbol id="gate-none" viewBox="0 0 24 48">
        <circle className="g-none" cx="12" cy="12" r="1.75" />
        <circle className="g-none" cx="12" cy="36" r="1.75" />
      </symbol>
    </defs>
  </svg>
);

import type { GateState } from "./gate";

export const GateGlyph = ({ state }: { state: GateState }) => (
  <svg aria-hidden>
    <use href={`#gate-${state}`} />
  </svg>
);

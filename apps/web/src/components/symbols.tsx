import { ChartPatterns } from "./charts/chart-patterns";
import { GateSymbols } from "./fence/gate-symbols";

/** SVG symbols that every page includes once and refers to by id. */
export const Symbols = () => (
  <>
    <GateSymbols />
    <ChartPatterns />
  </>
);

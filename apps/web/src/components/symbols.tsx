import { ChartPatterns } from "./charts/chart-patterns";
import { GateSymbols } from "./fence/gate-symbols";

/** What is drawn in many places, and defined in one: every page has it. */
export const Symbols = () => (
  <>
    <GateSymbols />
    <ChartPatterns />
  </>
);

export { csvLine, guardFormula, unguardFormula } from "./csv.ts";

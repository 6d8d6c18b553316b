export { endSuppression } from "./end.ts";
export { listSuppressions } from "./list.ts";
export { recordSuppression } from "./record.ts";

export { endSuppression } from "./end.ts";
export { listSuppressions } from "./list.ts";
export { recordSuppression, reportWrongNumber } from "./record.ts";

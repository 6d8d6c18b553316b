export { assignViolation, closeViolation, noteViolation } from "./settle.ts";
export { judgeCalls } from "./scan.ts";
export { type CallScreening, listViolations, readViolation } from "./list.ts";
export { scanMs, scanViolationsJob, sweepCalls } from "./queue.ts";
export type { ViolationView } from "./violation.ts";

export { listPurposes } from "./list-purposes.ts";

export { liftRestriction, restrictContact } from "./restrict.ts";
export type { RestrictionView } from "./load.ts";

export type { Person } from "./person-of.ts";

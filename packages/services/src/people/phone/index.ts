export type { Person } from "./find-person.ts";

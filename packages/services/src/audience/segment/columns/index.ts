/*
 * Holds organizations in memory, in the columns that core evaluates segment rules on. `store.ts` decides what
 * is loaded and for how long, `load-columns.ts` reads it in one snapshot, `changes.ts` finds what changed
 * after that, and `find-in-columns.ts` answers from memory for unchanged people and from SQL for changed ones.
 * docs/segments.md says why rules have two back ends.
 */
export { type ColumnStore, openColumnStore } from "./store.ts";

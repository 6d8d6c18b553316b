import type { Suppression } from "./suppression.ts";

/** Whether it holds at an instant; `until` is excluded. */
export const suppressesAt = ({ at: since, until }: Suppression, at: Date) =>
  since <= at && (until === null || at < until);

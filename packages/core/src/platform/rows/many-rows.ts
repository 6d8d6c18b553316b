/** Rows as they were sent: each is read by itself, so that a bad one never loses a good one. */
export type ManyRows = {
  rows: readonly unknown[];
  /** The line of the first: that of a part of a stream is not 1. */
  firstLine?: number;
};

/**
 * The rows of one chunk of a file, as places in its bytes: plain arrays of integers, because millions
 * of rows pass through here and an object for each would cost more than all the rest.
 */
export type RowBatch = {
  count: number;
  /** Where the row begins, and where it ends before its line end. */
  start: Int32Array;
  end: Int32Array;
  /** Where the next row begins. */
  next: Int32Array;
  columns: Int32Array;
  /** The phone's field without its quotes; -1 in a row that is too short to have it. */
  fieldStart: Int32Array;
  fieldEnd: Int32Array;
};

export const makeRowBatch = (capacity: number): RowBatch => ({
  count: 0,
  start: new Int32Array(capacity),
  end: new Int32Array(capacity),
  next: new Int32Array(capacity),
  columns: new Int32Array(capacity),
  fieldStart: new Int32Array(capacity),
  fieldEnd: new Int32Array(capacity),
});

/** The rows that a batch holds now, for it is filled again. */
export const copyOf = ({ count, ...columns }: RowBatch): RowBatch => ({
  count,
  start: columns.start.slice(0, count),
  end: columns.end.slice(0, count),
  next: columns.next.slice(0, count),
  columns: columns.columns.slice(0, count),
  fieldStart: columns.fieldStart.slice(0, count),
  fieldEnd: columns.fieldEnd.slice(0, count),
});

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

/** Rows that lie one behind the other, in bytes of their own. */
export type Rows = {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each row ends before its line end, and where the next begins. */
  end: Int32Array<ArrayBuffer>;
  next: Int32Array<ArrayBuffer>;
  columns: Int32Array<ArrayBuffer>;
};

/** Some of the rows that a batch holds now, for it is filled again. */
export function rowsOf(bytes: Uint8Array, batch: RowBatch, from: number, to: number): Rows {
  const [first, last] = [batch.start[from] ?? 0, batch.next[to - 1] ?? 0];
  const moved = (places: Int32Array) => {
    const some = new Int32Array(places.subarray(from, to));
    for (let row = 0; row < some.length; row++) some[row] = (some[row] ?? 0) - first;
    return some;
  };
  return {
    bytes: new Uint8Array(bytes.subarray(first, last)),
    end: moved(batch.end),
    next: moved(batch.next),
    columns: new Int32Array(batch.columns.subarray(from, to)),
  };
}

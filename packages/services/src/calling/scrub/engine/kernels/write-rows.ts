import {
  INT_BYTES,
  VECTOR_BYTES,
  increase,
  intAt,
  itemAt,
  numberEndsAt,
  functionIndexes,
} from "./row-memory.ts";
import {
  type Code,
  type Local,
  call,
  defineFunction,
  i32,
  v128,
  when,
  loopWhile,
} from "./assembler.ts";

const [NINE, ZERO] = [57, 48];

const { add, subtract, of } = i32;

/** Copies `[from..until)`, and up to fifteen bytes more. Gives the place behind it. */
export const copy = defineFunction(({ parameter }) => {
  const [from, until, to] = [parameter(), parameter(), parameter()];
  return [
    loopWhile(
      i32.isLess(from.get, until.get),
      v128.store(to.get, v128.load(from.get)),
      increase(from, of(VECTOR_BYTES)),
      increase(to, of(VECTOR_BYTES)),
    ),
    add(to.get, subtract(until.get, from.get)),
  ];
}, 1);

/** Adds one to the decimal digits that end at a place, and keeps the place of the first of them. */
const countUp = (number: Local, digit: Local) => [
  digit.set(of(numberEndsAt - 1)),
  loopWhile(
    i32.equals(i32.load8(digit.get), of(NINE)),
    i32.store8(digit.get, of(ZERO)),
    increase(digit, of(-1)),
  ),
  i32.store8(digit.get, add(i32.load8(digit.get), of(1))),
  when(i32.isLess(digit.get, number.get), number.set(digit.get)),
];

/**
 * Writes rows as `createResultWriter` specifies. The added values of verdict `n` lie between the ends `n`
 * and `n + 1` of `tails`, and the digits of the row number begin at `number`. Returns the end of the last
 * row.
 */
export const write = defineFunction(({ parameter, ...fresh }) => {
  const [count, bytes, ends, nexts] = [parameter(), parameter(), parameter(), parameter()];
  const [columns, verdicts] = [parameter(), parameter()];
  const [tails, tailEnds] = [parameter(), parameter()];
  const [out, outEnds] = [parameter(), parameter()];
  const [delimiter, wanted, number] = [parameter(), parameter(), parameter()];
  const [row, from, end, next] = [fresh.i32(), fresh.i32(), fresh.i32(), fresh.i32()];
  const [column, verdict, digit] = [fresh.i32(), fresh.i32(), fresh.i32()];
  const append = (from: Code, until: Code) =>
    out.set(call(functionIndexes.copy, from, until, out.get));
  const tailEnd = (more: number) =>
    add(tails.get, i32.load(itemAt(tailEnds, verdict, INT_BYTES), more * INT_BYTES));
  return [
    from.set(bytes.get),
    loopWhile(
      i32.isLess(row.get, count.get),
      end.set(add(bytes.get, intAt(ends, row))),
      next.set(add(bytes.get, intAt(nexts, row))),
      append(from.get, end.get),
      column.set(intAt(columns, row)),
      loopWhile(
        i32.isLess(column.get, wanted.get),
        i32.store8(out.get, delimiter.get),
        increase(out, of(1)),
        increase(column, of(1)),
      ),
      verdict.set(intAt(verdicts, row)),
      append(tailEnd(0), tailEnd(1)),
      append(number.get, of(numberEndsAt)),
      ...countUp(number, digit),
      append(end.get, next.get),
      i32.store(itemAt(outEnds, row, INT_BYTES), out.get),
      from.set(next.get),
      increase(row, of(1)),
    ),
    out.get,
  ];
}, 1);

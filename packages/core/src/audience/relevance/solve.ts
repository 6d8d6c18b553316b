/**
 * The solution of `matrix · x = right`, by Cholesky's decomposition, where the matrix is symmetric and
 * positive definite. Only its lower half is read, by rows; it is overwritten.
 */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  decompose(matrix);
  const x = Float64Array.from(right);
  for (const [i, row] of matrix.entries()) {
    let sum = x[i] ?? 0;
    for (let j = 0; j < i; j++) sum -= (row[j] ?? 0) * (x[j] ?? 0);
    x[i] = sum / (row[i] ?? 1);
  }
  for (let i = matrix.length - 1; i >= 0; i--) {
    const row = matrix[i] ?? x;
    const value = (x[i] ?? 0) / (row[i] ?? 1);
    x[i] = value;
    for (let j = 0; j < i; j++) x[j] = (x[j] ?? 0) - (row[j] ?? 0) * value;
  }
  return x;
}

function decompose(matrix: readonly Float64Array[]) {
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j < i; j++) {
      const other = matrix[j] ?? row;
      row[j] = ((row[j] ?? 0) - product(row, other, j)) / (other[j] ?? 1);
    }
    const left = (row[i] ?? 0) - product(row, row, i);
    if (!(left > 0)) throw new Error(`the matrix is not positive definite at ${i}`);
    row[i] = Math.sqrt(left);
  }
}

function product(one: Float64Array, other: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (one[k] ?? 0) * (other[k] ?? 0);
  return sum;
}

import { hash, pad } from "./hash-code.ts";
import { constantsAt, stateAt } from "./row-memory.ts";
import { compressing } from "./sha256-code.ts";
import { moduleOf } from "./web-assembly.ts";
import { copy, write } from "./write-code.ts";

/**
 * What is done with each of millions of rows, in WebAssembly: that copies sixteen bytes at a time, and hashes
 * four rows at once, where Node takes longer to be asked about one than to hash it. In the order of `places`.
 */
export const rowCode = moduleOf({
  copy,
  pad,
  compress: compressing(stateAt, constantsAt),
  hash,
  write,
});

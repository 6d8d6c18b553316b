import type { ReadPhone } from "@ringfence/core/registry";

export const readPhone: ReadPhone = (bytes, from, to) => {
  const text = new TextDecoder("latin1").decode(bytes.subarray(from, to));
  return /^\+[1-9]\d{6,14}$/.test(text) ? Number(text) : 0;
};

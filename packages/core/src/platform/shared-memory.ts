/** Arrays in memory that other threads may be given without a copy: of zeros, as every new one. */
export const sharedInts = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));
export const sharedFloats = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8));
export const sharedBytes = (length: number) => new Uint8Array(new SharedArrayBuffer(length));

/** A page in a browser has no such memory, unless it is isolated from other sites' pages. */
export const hasSharedMemory = typeof SharedArrayBuffer === "function";

/** Creates an array of zeros in memory that threads can share without a copy; the next two do so too. */
export const sharedInts = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));
export const sharedFloats = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8));
export const sharedBytes = (length: number) => new Uint8Array(new SharedArrayBuffer(length));

/** False on a page in a browser, unless the page is isolated from other sites. */
export const hasSharedMemory = typeof SharedArrayBuffer === "function";

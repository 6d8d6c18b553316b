/*
 * SHA-256 (FIPS 180-4) of four messages at once. Each message is a lane: one of the four 32-bit integers
 * of every vector. Section numbers are those of the standard.
 */

const WORD_BYTES: usize = 4;
const VECTOR_BYTES: usize = 16;
const ROUNDS: usize = 64;

/** The constants K (4.2.2). */
const roundConstants = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** The initial hash value (5.3.3). */
const initialState = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const STATE_WORDS: usize = 8;

/** The state of the four lanes: a vector for each of the eight words. */
const state = memory.data(128, 16);
/** The message schedule W (6.2.2, step 1) of the four lanes. */
const schedule = memory.data(1024, 16);

/** Starts a new message in a lane. */
export function startLane(lane: usize): void {
  for (let word: usize = 0; word < STATE_WORDS; word++) {
    const value = load<u32>(initialState + word * WORD_BYTES);
    store<u32>(state + word * VECTOR_BYTES + lane * WORD_BYTES, value);
  }
}

/** Writes the hash of the message in a lane. */
export function writeHash(lane: usize, to: usize): void {
  for (let word: usize = 0; word < STATE_WORDS; word++) {
    const value = load<u32>(state + word * VECTOR_BYTES + lane * WORD_BYTES);
    store<u32>(to + word * WORD_BYTES, bswap<u32>(value));
  }
}

/** Hashes one block of 64 bytes in each lane (6.2.2). */
export function compress(block0: usize, block1: usize, block2: usize, block3: usize): void {
  for (let word: usize = 0; word < 16; word += 4) {
    loadWords(block0, block1, block2, block3, word);
  }
  for (let round: usize = 16; round < ROUNDS; round++) {
    const to = schedule + round * VECTOR_BYTES;
    const w16 = v128.load(to - 16 * VECTOR_BYTES);
    const w15 = v128.load(to - 15 * VECTOR_BYTES);
    const w7 = v128.load(to - 7 * VECTOR_BYTES);
    const w2 = v128.load(to - 2 * VECTOR_BYTES);
    v128.store(to, i32x4.add(i32x4.add(sigma1(w2), w7), i32x4.add(sigma0(w15), w16)));
  }

  let a = stateWord(0),
    b = stateWord(1),
    c = stateWord(2),
    d = stateWord(3);
  let e = stateWord(4),
    f = stateWord(5),
    g = stateWord(6),
    h = stateWord(7);
  // After a round each variable moves on by one: h becomes g, g becomes f, and so on. Eight rounds
  // bring every variable back to its place, so that nothing has to be moved.
  for (let round: usize = 0; round < ROUNDS; round += 8) {
    h = temporary1(e, f, g, h, round);
    d = i32x4.add(d, h);
    h = i32x4.add(h, temporary2(a, b, c));
    g = temporary1(d, e, f, g, round + 1);
    c = i32x4.add(c, g);
    g = i32x4.add(g, temporary2(h, a, b));
    f = temporary1(c, d, e, f, round + 2);
    b = i32x4.add(b, f);
    f = i32x4.add(f, temporary2(g, h, a));
    e = temporary1(b, c, d, e, round + 3);
    a = i32x4.add(a, e);
    e = i32x4.add(e, temporary2(f, g, h));
    d = temporary1(a, b, c, d, round + 4);
    h = i32x4.add(h, d);
    d = i32x4.add(d, temporary2(e, f, g));
    c = temporary1(h, a, b, c, round + 5);
    g = i32x4.add(g, c);
    c = i32x4.add(c, temporary2(d, e, f));
    b = temporary1(g, h, a, b, round + 6);
    f = i32x4.add(f, b);
    b = i32x4.add(b, temporary2(c, d, e));
    a = temporary1(f, g, h, a, round + 7);
    e = i32x4.add(e, a);
    a = i32x4.add(a, temporary2(b, c, d));
  }
  addToState(0, a);
  addToState(1, b);
  addToState(2, c);
  addToState(3, d);
  addToState(4, e);
  addToState(5, f);
  addToState(6, g);
  addToState(7, h);
}

/** Loads four words of a block of each lane, and transposes them to one vector per word. */
function loadWords(block0: usize, block1: usize, block2: usize, block3: usize, word: usize): void {
  const offset = word * WORD_BYTES;
  const lane0 = swapBytes(v128.load(block0 + offset));
  const lane1 = swapBytes(v128.load(block1 + offset));
  const lane2 = swapBytes(v128.load(block2 + offset));
  const lane3 = swapBytes(v128.load(block3 + offset));
  const low01 = v128.shuffle<i32>(lane0, lane1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(lane2, lane3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(lane0, lane1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(lane2, lane3, 2, 6, 3, 7);
  const to = schedule + word * VECTOR_BYTES;
  v128.store(to, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + VECTOR_BYTES, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * VECTOR_BYTES, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * VECTOR_BYTES, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7));
}

/** Turns four big-endian integers into integers of this machine. */
function swapBytes(words: v128): v128 {
  return v128.shuffle<i8>(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

function stateWord(word: usize): v128 {
  return v128.load(state + word * VECTOR_BYTES);
}

function addToState(word: usize, value: v128): void {
  v128.store(state + word * VECTOR_BYTES, i32x4.add(stateWord(word), value));
}

/** T1 of 6.2.2, step 3. */
function temporary1(e: v128, f: v128, g: v128, h: v128, round: usize): v128 {
  const constant = v128.load_splat<u32>(roundConstants + round * WORD_BYTES);
  const word = v128.load(schedule + round * VECTOR_BYTES);
  const mixed = i32x4.add(bigSigma1(e), choose(e, f, g));
  return i32x4.add(i32x4.add(h, i32x4.add(word, constant)), mixed);
}

/** T2 of 6.2.2, step 3. */
function temporary2(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(bigSigma0(a), majority(a, b, c));
}

// The functions of 4.1.2, as the standard writes them.

function choose(x: v128, y: v128, z: v128): v128 {
  return v128.bitselect(y, z, x);
}

/** Takes each bit from x and y if they agree there, and from z if they differ. */
function majority(x: v128, y: v128, z: v128): v128 {
  return v128.bitselect(z, y, v128.xor(x, y));
}

function bigSigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotateRight(x, 2), rotateRight(x, 13)), rotateRight(x, 22));
}

function bigSigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotateRight(x, 6), rotateRight(x, 11)), rotateRight(x, 25));
}

function sigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotateRight(x, 7), rotateRight(x, 18)), i32x4.shr_u(x, 3));
}

function sigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotateRight(x, 17), rotateRight(x, 19)), i32x4.shr_u(x, 10));
}

function rotateRight(x: v128, bits: i32): v128 {
  return v128.xor(i32x4.shr_u(x, bits), i32x4.shl(x, 32 - bits));
}

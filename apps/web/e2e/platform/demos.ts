/**
 * Three demos: two that tests change, each one test after another, and one that is only looked at. Their
 * ports follow those of `npm start`, which may run at the same time.
 */
const port = Number(process.env.E2E_PORT || 3100);
/** API address of the demo that tests change. */
export const api = `http://localhost:${port + 1000}`;
export const changed = { port, state: ".ringfence/e2e" };
export const lookedAt = { port: port + 1, state: ".ringfence/e2e-looks" };
export const alsoChanged = { port: port + 2, state: ".ringfence/e2e-also" };
/** Organization for which the worker may call registry services on this machine. */
export const asksServices = "ffffffff-ffff-7fff-bfff-ffffffffffff";
export type Demo = typeof changed;

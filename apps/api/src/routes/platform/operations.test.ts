import { expect, it } from "vitest";
import { aServer } from "../../../testing/server.ts";
import type { FindReadinessFault } from "./operations.ts";

async function ask(path: string, findReadinessFault: FindReadinessFault) {
  const server = await aServer({ findReadinessFault });
  const response = await server.inject(path);
  return [response.statusCode, response.json().code ?? response.json().status];
}

const isAway: FindReadinessFault = () =>
  Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));

it("is live as long as the process runs, whatever happens to the database", async () => {
  expect(await ask("/healthz", isAway)).toEqual([200, "ok"]);
});

it("is ready when nothing is wrong", async () => {
  expect(await ask("/readyz", async () => null)).toEqual([200, "ok"]);
});

it("is not ready without its database, nor before it is migrated", async () => {
  expect(await ask("/readyz", isAway)).toEqual([503, "cannot-check"]);
  expect(await ask("/readyz", async () => ({ key: "error.database-behind" }))).toEqual([
    503,
    "cannot-check",
  ]);
});

it("is not ready when its database does not answer", async () => {
  expect(await ask("/readyz", () => new Promise(() => {}))).toEqual([503, "cannot-check"]);
});

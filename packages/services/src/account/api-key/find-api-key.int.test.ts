import type { Actor } from "@ringfence/core/platform/access";
import { expect, it, onTestFinished, vi } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { createApiKeyFinder } from "./find-api-key.ts";
import { makeApiKey } from "./manage-api-keys.ts";

const owner: Actor = { type: "member", id: "ada", role: "owner", sellerIds: [], isProven: true };

const aKey = async () =>
  (
    await makeApiKey(await aContext(owner), {
      reason: "It calls for us.",
      name: "Dialer",
      scopes: ["screen"],
    })
  ).key;

it("answers each of many simultaneous requests with the same question", async () => {
  const [mine, theirs] = [await aKey(), await aKey()];
  const query = vi.spyOn(db.pool, "query");
  onTestFinished(() => query.mockRestore());
  const findApiKey = createApiKeyFinder(db);

  const found = await Promise.all([
    findApiKey(`Bearer ${mine}`),
    findApiKey(`Bearer ${theirs}`),
    findApiKey(`Bearer ${mine}`),
    findApiKey(`Bearer ${"rf_0".repeat(20)}`),
  ]);

  expect(query).toHaveBeenCalledTimes(1);
  expect(found[0]).toEqual(found[2]);
  expect(found[1]?.organizationId).not.toBe(found[0]?.organizationId);
  expect(found[3]).toBeNull();
});

it("answers by what it holds where the verb asks for the key itself, and nowhere else", async () => {
  const authorization = `Bearer ${await aKey()}`;
  const query = vi.spyOn(db.pool, "query");
  onTestFinished(() => query.mockRestore());
  const findApiKey = createApiKeyFinder(db);

  const found = await findApiKey(authorization, { mayBeHeld: true });
  expect(await findApiKey(authorization, { mayBeHeld: true })).toEqual(found);
  expect(query).toHaveBeenCalledTimes(1);

  expect(await findApiKey(authorization)).toEqual(found);
  expect(query).toHaveBeenCalledTimes(2);
});

it("holds no key that it did not find", async () => {
  const findApiKey = createApiKeyFinder(db);
  const other = (await aKey()).replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  for (const _ of ["first", "again"]) {
    expect(await findApiKey(`Bearer ${other}`, { mayBeHeld: true })).toBeNull();
  }
});

it.each([undefined, "", "Bearer", "Bearer rf_", "Basic cm9vdDpyb290", "Bearer ' OR true --"])(
  "finds no key in: %s",
  async (authorization) => {
    expect(await createApiKeyFinder(db)(authorization)).toBeNull();
  },
);

it("finds no key by a secret that is off by one character", async () => {
  const key = await aKey();
  const other = key.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  expect(await createApiKeyFinder(db)(`Bearer ${other}`)).toBeNull();
});

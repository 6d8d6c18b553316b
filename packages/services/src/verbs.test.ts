import { describe, expect, it } from "vitest";
import { allVerbs, nouns } from "./verbs.ts";

const exported = nouns.flatMap((noun) => Object.entries(noun));

/** A database that must not be used. */
const db = new Proxy(
  {},
  {
    get: (_, property) => {
      throw new Error(`the database was used: ${String(property)}`);
    },
    has: () => true,
  },
);

describe.each(allVerbs.map((verb) => [verb.name, verb] as const))("%s", (name, verb) => {
  it("is exported under its name", () => {
    expect(exported).toContainEqual([name, verb]);
  });

  it("asks `allow` before it validates the input and before it uses the database", async () => {
    const ctx = { db, actor: { type: "job", name: "nobody" } } as never;
    const forbidden = { code: "forbidden", explanation: { values: { action: verb.action } } };
    await expect(verb(ctx, undefined)).rejects.toMatchObject(forbidden);
    await expect(verb.receive(ctx, Symbol("not valid"))).rejects.toMatchObject(forbidden);
  });
});

it("lists each verb once", () => {
  expect(allVerbs.length).toBeGreaterThan(200);
  expect(new Set(allVerbs.map(({ name }) => name)).size).toBe(allVerbs.length);
});

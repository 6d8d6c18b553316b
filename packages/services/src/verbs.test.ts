import { describe, expect, it } from "vitest";
import type { ServiceContext } from "./platform/context.ts";
import type { VerbFacts } from "./platform/verb.ts";
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
    const forbidden = { code: "forbidden", explanation: { values: { action: verb.actions[0] } } };
    await expect(verb(ctx, undefined)).rejects.toMatchObject(forbidden);
    await expect(verb.receive(ctx, Symbol("not valid"))).rejects.toMatchObject(forbidden);
  });
});

it("lists each verb once", () => {
  expect(allVerbs.length).toBeGreaterThan(200);
  expect(new Set(allVerbs.map(({ name }) => name)).size).toBe(allVerbs.length);
});

type Exports = (typeof nouns)[number];
type BareFunctionIn<Noun> = Noun extends unknown
  ? {
      [Name in keyof Noun]: Noun[Name] extends VerbFacts
        ? never
        : Noun[Name] extends (ctx: infer Context, ...rest: never[]) => unknown
          ? Context extends Pick<ServiceContext, "actor">
            ? Name
            : never
          : never;
    }[keyof Noun]
  : never;

/**
 * The exported functions that take an actor without being a verb. They run in the transaction of a verb or job that has
 * asked. Another one does not compile here.
 */
const exempt: Readonly<Record<BareFunctionIn<Exports>, true>> = {
  createMemberLink: true,
  endRun: true,
  insertMember: true,
};

it("exports only these functions that take an actor without being a verb", () => {
  expect(exported.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(exempt)));
});

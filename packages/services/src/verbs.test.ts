import { describe, expect, it } from "vitest";
import { type Action, rolesThatMay } from "@ringfence/core/platform/access";
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

/** Actions that a stolen session must not do: every command with one of them asks the member for a proof. */
const sensitive: readonly Action[] = [
  "opt-out.correct",
  "person.erase",
  "legal-hold.lift",
  "retention.change",
  "restriction.change",
  "person-code.print",
  "segment.export",
  "campaign.export",
  "api-key.change",
  "member.change",
  "member.change-own-factors",
  "identity-provider.change",
];

/** Commands of these actions without a proof, and why. */
const unproven: Readonly<Record<string, string>> = {
  revokeApiKey: "a key that leaked has to stop at once",
  restrictContact: "it only forbids calls, and may be urgent",
  endKeyOverlap: "a secret that leaked has to stop at once",
};

/** Verbs that export numbers with an action that reading a page needs too. */
const exports = new Set([
  "exportCalls",
  "exportSegment",
  "makeAccessReport",
  "makeEvidencePack",
  "makePortableCopy",
  "readRemarkedRows",
  "recordExport",
]);

it("asks for a proof before corrections, erasure, exports, keys and changes of members", () => {
  const expected = allVerbs.filter(
    ({ name, kind, actions }) =>
      exports.has(name) ||
      (kind === "command" &&
        !Object.hasOwn(unproven, name) &&
        actions.some((action) => sensitive.includes(action))),
  );
  const asking = allVerbs.filter(({ name, stepUp }) => stepUp && name !== "requireProof");
  expect(asking.map(({ name }) => name).toSorted()).toEqual(
    expected.map(({ name }) => name).toSorted(),
  );
  for (const action of sensitive) {
    expect(asking.map(({ actions }) => actions)).toContainEqual(expect.arrayContaining([action]));
  }
});

describe.each(allVerbs.filter(({ stepUp }) => stepUp).map((verb) => [verb.name, verb] as const))(
  "%s",
  (_, verb) => {
    const [role] = rolesThatMay(verb.actions[0] ?? "session.prove");
    const call = (isProven: boolean) => {
      const id = "0195a000-0000-7000-8000-000000000001";
      const ctx = { db, actor: { type: "member", id, role, sellerIds: [], isProven } };
      // `list` decides which permission an export needs.
      return verb(ctx as never, { list: "audit", proof: {} });
    };

    it("is refused to a member without a proof, before it uses the database", async () => {
      await expect(call(false)).rejects.toMatchObject({ code: "proof-needed" });
    });

    it("goes on for a member with one", async () => {
      const outcome: unknown = await call(true).catch((error: unknown) => error);
      expect(outcome).not.toMatchObject({ code: "proof-needed" });
    });
  },
);

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

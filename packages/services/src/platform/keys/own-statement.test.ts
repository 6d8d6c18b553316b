import { expect, it } from "vitest";
import { signJws, generateSigningKey, parseSigningKey } from "./signing-key.ts";
import { isOwnStatement } from "./own-statement.ts";

const [old, current, foreign] = [1, 2, 3].map(() => parseSigningKey(generateSigningKey()));
if (!old || !current || !foreign) throw new Error("no keys");
const ours = { statementKeys: [old, current] };
const claims = { kind: "consent.granted", sequence: 1 };

it("accepts statements of the current key and of an earlier one", () => {
  for (const key of [old, current]) {
    expect(isOwnStatement(ours, signJws(key, "ringfence-statement+jwt", claims))).toBe(true);
  }
});

it("refuses a statement that a foreign key signed, even under the name of ours", () => {
  const named = { ...foreign, id: current.id };
  for (const key of [foreign, named]) {
    expect(isOwnStatement(ours, signJws(key, "ringfence-statement+jwt", claims))).toBe(false);
  }
});

it("refuses a statement that was changed, or is not a statement", () => {
  const jwt = signJws(current, "ringfence-statement+jwt", claims);
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const lie = Buffer.from(JSON.stringify({ ...claims, sequence: 2 })).toString("base64url");
  const none = Buffer.from(JSON.stringify({ alg: "none", kid: current.id })).toString("base64url");
  const others = [
    `${header}.${lie}.${signature}`,
    `${none}.${payload}.${signature}`,
    `${header}.${payload}.${"A".repeat(86)}`,
    `${header}.${payload}.`,
    `${jwt}~`,
    `bm8.${payload}.${signature}`,
    "",
  ];
  expect(others.filter((other) => isOwnStatement(ours, other))).toEqual([]);
});

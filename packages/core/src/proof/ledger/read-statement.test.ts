import canonicalize from "canonicalize";
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { createLeaf } from "./read-statement.ts";

it("is the canonical JSON of the hash of the statement, in 77 bytes", () => {
  const jwt = "eyJhbGciOiJFZERTQSJ9.e30.AAAA";
  const hash = createHash("sha256").update(jwt).digest("base64url");
  const leaf = createLeaf(jwt);
  expect(new TextDecoder().decode(leaf)).toBe(canonicalize({ s: "ringfence/leaf@v1", jwt: hash }));
  expect(leaf).toHaveLength(77);
});

import { aStatement } from "@ringfence/core/testing/certificates";
import { expect, it } from "vitest";
import { describeVerification } from "./describe-verification.ts";
import { verify } from "./verify.ts";

it("shows text of a file on one line, without control characters for the terminal", async () => {
  const name = "Ada\u001b[2J\n✓ Genuine: the content is unchanged.\u202e";
  const { statement } = aStatement({ kind: "consent.granted", name });
  const { stated } = describeVerification("en", await verify(new TextEncoder().encode(statement)));
  expect(stated.find(({ label }) => label === "Name")?.value).toBe(
    String.raw`Ada\u001b[2J ✓ Genuine: the content is unchanged.\u202e`,
  );
});

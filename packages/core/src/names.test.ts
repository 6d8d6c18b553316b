import { expect, it } from "vitest";
import { z } from "zod";
import { MakeApiKey } from "./account/api-key/index.ts";
import { SaveIdentityProvider } from "./account/identity-provider/index.ts";
import { AddMember } from "./account/member/index.ts";
import { AddPurpose } from "./account/purpose/index.ts";
import { PasskeyName } from "./account/second-factor/index.ts";
import { AddSeller } from "./account/seller/index.ts";
import { CreateWebhook } from "./do-not-call/endpoint/index.ts";
import { ConnectRegistry } from "./do-not-call/registry/index.ts";

it.each<[string, z.ZodType]>([
  ["a seller", AddSeller],
  ["a purpose", AddPurpose],
  ["a member", AddMember],
  ["a passkey", z.object({ name: PasskeyName })],
  ["an API key", MakeApiKey],
  ["an identity provider", SaveIdentityProvider],
  ["a registry", ConnectRegistry],
  ["a webhook", CreateWebhook],
])("refuses a name of %s with a character that nobody sees", (_, schema) => {
  const findFaults = (name: string) =>
    schema
      .safeParse({ name })
      .error?.issues.filter(({ path }) => path[0] === "name")
      .map(({ message }) => message) ?? [];
  expect(findFaults("Ada")).toEqual([]);
  expect(findFaults("Ad\u202Ea")).toEqual(["fault.hidden-character"]);
  expect(findFaults("  ")).toHaveLength(1);
});

import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { connectTwilio } from "./connect-twilio.ts";
import { listSources } from "./list-sources.ts";

const input = {
  account: "AC00000000000000000000000000000009",
  token: "0123456789abcdef0123456789abcdef",
  origin: "https://calls.example.com",
};

it("lists accounts without what they sign with, and nothing of another organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  await connectTwilio(as(mine, "owner"), input);
  const listed = await listSources(mine);
  const { account, origin } = input;
  expect(listed).toMatchObject([{ provider: "twilio", account, origin }]);
  expect(JSON.stringify(listed)).not.toContain(input.token);
  expect(await listSources(theirs)).toEqual([]);
  await expect(listSources(as(mine, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

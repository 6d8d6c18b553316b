import { SourceId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { connectTwilio } from "./connect-twilio.ts";
import { disconnectSource } from "./disconnect-source.ts";
import { listSources } from "./list-sources.ts";

const input = {
  account: "AC00000000000000000000000000000001",
  token: "0123456789abcdef0123456789abcdef",
  origin: "https://calls.example.com",
};

it("forgets the account, and leaves that of another organization", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  await connectTwilio(mine, input);
  await connectTwilio(theirs, input);
  const [source] = await listSources(mine);
  await disconnectSource(mine, SourceId.parse(source?.id));
  expect(await listSources(mine)).toEqual([]);
  expect(await listSources(theirs)).toHaveLength(1);
});

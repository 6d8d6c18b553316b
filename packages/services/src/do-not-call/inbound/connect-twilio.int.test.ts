import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import { connectTwilio } from "./connect-twilio.ts";

const input = {
  account: "AC00000000000000000000000000000001",
  token: "0123456789abcdef0123456789abcdef",
  origin: "https://calls.example.com",
};

it("keeps the token sealed, each account once", async () => {
  const ctx = as(await aContext(), "developer");
  await connectTwilio(ctx, input);
  const { organizationId, keys } = ctx;
  const row = await db.prisma.inboundSource.findFirstOrThrow({ where: { organizationId } });
  expect(Buffer.from(row.secret).toString("latin1")).not.toContain(input.token);
  expect(openSecret(keys, organizationId, row.secret)).toBe(input.token);
  await expect(connectTwilio(ctx, input)).rejects.toMatchObject({ code: "conflict" });
});

it("lets another organization connect the same account, and not everybody may", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  await connectTwilio(mine, input);
  await connectTwilio(theirs, input);
  const { organizationId } = theirs;
  expect(await db.prisma.inboundSource.count({ where: { organizationId } })).toBe(1);
  await expect(connectTwilio(as(mine, "officer"), input)).rejects.toMatchObject({
    code: "forbidden",
  });
});

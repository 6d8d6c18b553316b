import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import { connectMailgun } from "./connect-mailgun.ts";

const input = { domain: "stop.acme.example", signingKey: "0123456789abcdef0123456789abcdef" };

it("keeps the key sealed, each domain once", async () => {
  const ctx = as(await aContext(), "developer");
  await connectMailgun(ctx, input);
  const { organizationId, keys } = ctx;
  const row = await db.prisma.inboundSource.findFirstOrThrow({ where: { organizationId } });
  expect(Buffer.from(row.secret).toString("latin1")).not.toContain(input.signingKey);
  expect(openSecret(keys, organizationId, row.secret)).toBe(input.signingKey);
  await expect(connectMailgun(ctx, input)).rejects.toMatchObject({ code: "conflict" });
});

it("lets another organization connect the same domain, and not everybody may", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  await connectMailgun(mine, input);
  await connectMailgun(theirs, input);
  const { organizationId } = theirs;
  expect(await db.prisma.inboundSource.count({ where: { organizationId } })).toBe(1);
  await expect(connectMailgun(as(mine, "officer"), input)).rejects.toMatchObject({
    code: "forbidden",
  });
});
